package notebooks

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const whole = `{
 "cells": [
  {
   "attachments": {
    "a.png": {
     "image/png": "AAAA"
    }
   },
   "cell_type": "markdown",
   "future": {
    "x": 1.50
   },
   "id": "first",
   "metadata": {},
   "source": [
    "# <Title> & more\n",
    "text"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": 7,
   "id": "second",
   "metadata": {
    "tags": [
     "raises-exception"
    ]
   },
   "outputs": [
    {
     "data": {
      "application/vnd.vega.v5+json": [
       "not",
       "lines"
      ],
      "image/png": "BBBB",
      "image/svg+xml": [
       "<svg>\n",
       "</svg>"
      ],
      "text/plain": [
       "a\r\n",
       "b"
      ]
     },
     "metadata": {},
     "output_type": "display_data"
    },
    {
     "name": "stdout",
     "output_type": "stream",
     "text": [
      "x\n"
     ]
    },
    {
     "ename": "E",
     "evalue": "v\nw",
     "output_type": "error",
     "traceback": [
      "one\ntwo"
     ]
    }
   ],
   "source": []
  }
 ],
 "metadata": {
  "authors": []
 },
 "nbformat": 4,
 "nbformat_minor": 5
}
`

func TestANotebookIsWrittenAsItWasRead(t *testing.T) {
	expect(t, written(t, read(t, whole)), whole)
}

func TestSplitTextsAreOneStringInMemory(t *testing.T) {
	nb := read(t, whole)
	expect(t, nb.Cells[0].Source(), "# <Title> & more\ntext")
	if nb.Cells[1].Source() != "" || !nb.Cells[1].Tagged("raises-exception") || nb.Cells[0].Tagged("raises-exception") {
		t.Errorf("found the source %q and wrong tags", nb.Cells[1].Source())
	}
	expect(t, text(nb.Cells[1].Outputs()[1]["text"]), "x\n")
}

func TestLinesEndWherePythonEndsThem(t *testing.T) {
	for source, expected := range map[string]string{
		"":                     `[]`,
		"a":                    `["a"]`,
		"a\n":                  `["a\n"]`,
		"a\n\nb":               `["a\n","\n","b"]`,
		"a\r\nb\rc\vd":         `["a\r\n","b\r","c\u000b","d"]`,
		"a\u2028b\u0085c\x1cd": `["a\u2028","b` + "\u0085" + `","c\u001c","d"]`,
	} {
		expect(t, asJSON(t, lines(source)), expected)
	}
}

func TestOlderNotebooksGetIDsThatStay(t *testing.T) {
	old := `{"nbformat": 4, "nbformat_minor": 2, "metadata": {}, "cells": [
		{"cell_type": "code", "source": "1", "metadata": {}}, {"cell_type": "code", "source": "1", "metadata": {}}]}`
	a, b := read(t, old), read(t, old)
	if a.Cells[0].ID() == "" || a.Cells[0].ID() == a.Cells[1].ID() || a.Cells[0].ID() != b.Cells[0].ID() {
		t.Errorf("found the ids %q, %q and %q", a.Cells[0].ID(), a.Cells[1].ID(), b.Cells[0].ID())
	}
	if !strings.Contains(written(t, a), `"nbformat_minor": 5`) {
		t.Error("the notebook does not say that it is of nbformat 4.5")
	}
}

func TestWhatIsNoNotebookIsRefusedWithItsReason(t *testing.T) {
	folder := t.TempDir()
	for content, expected := range map[string]string{
		"":                                   "found no JSON object",
		"package main":                       "found no JSON object",
		"null":                               "found no JSON object",
		"[]":                                 "found no JSON object",
		`{"x": 1}`:                           "found JSON without the field nbformat",
		`{"nbformat": 3, "worksheets": []}`:  "found a notebook of nbformat 3, expected nbformat 4",
		`{"nbformat": 4}`:                    "found no list of cells",
		`{"nbformat": 4, "cells": ["text"]}`: "cell 1 is no JSON object",
	} {
		name := filepath.Join(folder, "wrong.ipynb")
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := ReadFile(name)
		if err == nil || !strings.Contains(err.Error(), expected) || !strings.Contains(err.Error(), name) {
			t.Errorf("%q: found the error %v, expected %q", content, err, expected)
		}
	}
	if _, err := ReadFile(filepath.Join(folder, "absent.ipynb")); err == nil || !strings.Contains(err.Error(), "found no such file") {
		t.Errorf("found the error %v", err)
	}
}

func TestAFileIsReplacedWhole(t *testing.T) {
	name := filepath.Join(t.TempDir(), "out.ipynb")
	for range 2 {
		if err := read(t, whole).WriteFile(name); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, string(data), whole)
	if list, _ := os.ReadDir(filepath.Dir(name)); len(list) != 1 {
		t.Errorf("found %d files, expected the notebook alone", len(list))
	}
}
