package lang

import (
	"os"
	"strings"
	"testing"
)

func addSeeds(f *testing.F) {
	data, err := os.ReadFile("testdata/errors.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, text := range strings.Split(string(data), "\n\n") {
		text, _, _ = strings.Cut(text, "###")
		f.Add(strings.NewReplacer("«", "", "»", "").Replace(text))
	}
	for _, text := range []string{"-x**2", "2**-x", "not (a and b) or c", "a - (b - c)", "(a < b) == c", "x = (a\n + b) : 1", "- -x", "(-x)**2", "(x**y)**z", "not a == b", "1e300*1e300"} {
		f.Add(text)
	}
}

// FuzzExpr: what is printed reads as the same tree, and no text makes the checker panic.
func FuzzExpr(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		e, err := ParseExpr(text)
		if err != nil {
			_ = err.Error()
			return
		}
		again, err := ParseExpr(e.String())
		if err != nil || !Equal(e, again) {
			t.Fatalf("%q prints as %q, which reads %v, %v", text, e, again, err)
		}
		readAll(text)
		if typed, err := CheckExpr(text, e, madeScope, Want{}); err == nil {
			Simplify(typed)
			Linear(typed, []string{"x", "y"})
			Diff(typed, "x")
		}
	})
}

// FuzzModel: the same for models and statements.
func FuzzModel(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		readAll(text)
		eqs, err := Parse(text)
		if err == nil {
			again, err := Parse(eqs.String())
			if err != nil || again.String() != eqs.String() {
				t.Fatalf("%q prints as %q, which reads %v, %v", text, eqs, again, err)
			}
		}
		list, err := ParseStatements(text)
		for _, s := range list {
			again, err := ParseStatements(s.String())
			if err != nil || len(again) != 1 || !Equal(s.Expr, again[0].Expr) {
				t.Fatalf("%q prints as %q: %v", text, s, err)
			}
		}
		_ = err
	})
}
