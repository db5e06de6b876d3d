package kernel

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"strings"
	"testing"
)

type drawing struct {
	svg, png []byte
}

func (d drawing) SVG() []byte    { return d.svg }
func (d drawing) PNG() []byte    { return d.png }
func (d drawing) String() string { return "a drawing" }

func pixels(t *testing.T, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPicturesComeAsSVGAndAsPNGOfHalfTheSize(t *testing.T) {
	b := DisplayBundle(drawing{[]byte("<svg/>"), pixels(t, 640, 481)})
	if b.Data["image/svg+xml"] != "<svg/>" || b.Data["text/plain"] != "a drawing" || len(b.Data) != 3 {
		t.Errorf("data %v", b.Data)
	}
	if got := fmt.Sprint(b.Metadata["image/png"]); got != "map[height:241 width:320]" {
		t.Errorf("metadata %v", got)
	}
	encoded := string(JSON(bundleContent(b)))
	if !strings.Contains(encoded, `"image/png":"iVBORw0KGgo`) {
		t.Errorf("PNG travels as %.100s", encoded)
	}
}

func TestLargeSVGIsLeftToPNG(t *testing.T) {
	large := bytes.Repeat([]byte("x"), largestSVG)
	if _, has := DisplayBundle(drawing{large, pixels(t, 2, 2)}).Data["image/svg+xml"]; has {
		t.Error("a large SVG was sent beside a PNG")
	}
	if _, has := DisplayBundle(drawing{large, nil}).Data["image/svg+xml"]; !has {
		t.Error("a picture that has only SVG was not sent")
	}
}

type document struct{ html, markdown, latex string }

func (d document) HTML() string     { return d.html }
func (d document) Markdown() string { return d.markdown }
func (d document) LaTeX() string    { return d.latex }

func TestTextsComeInTheFormsAValueHas(t *testing.T) {
	b := DisplayBundle(document{"<b>x</b>", "**x**", `\tau`})
	for mime, want := range map[string]string{"text/html": "<b>x</b>", "text/markdown": "**x**", "text/latex": `$\tau$`, "text/plain": `{<b>x</b> **x** \tau}`} {
		if b.Data[mime] != want {
			t.Errorf("%s is %q, expected %q", mime, b.Data[mime], want)
		}
	}
	for _, own := range []string{`$\tau$`, `$$\tau$$`, `\begin{align}x\end{align}`, `\[x\]`} {
		if got := DisplayBundle(document{latex: own}).Data["text/latex"]; got != own {
			t.Errorf("%q became %q", own, got)
		}
	}
}

type fragile struct{ p *int }

func (f *fragile) HTML() string   { return fmt.Sprint(*f.p) }
func (f *fragile) String() string { return fmt.Sprint(*f.p) }

func TestValuesThatPanicAreShownAllTheSame(t *testing.T) {
	for _, v := range []any{(*fragile)(nil), &fragile{}, (*document)(nil), nil} {
		b := DisplayBundle(v)
		if _, has := b.Data["text/html"]; has || b.Data["text/plain"] == "" {
			t.Errorf("%T is shown as %v", v, b.Data)
		}
	}
	for v, want := range map[any]string{42: "42", errors.New("bad"): "bad", 1.5: "1.5"} {
		if got := DisplayBundle(v).Data["text/plain"]; got != want {
			t.Errorf("%v is shown as %v", v, got)
		}
	}
}

func TestTracebackIsNeverEmptyNorInvalid(t *testing.T) {
	content := (&CellError{Name: "E", Value: "bad \xff"}).content()
	lines := content["traceback"].([]string)
	if len(lines) != 1 || !strings.Contains(lines[0], "bad \uFFFD") || !strings.HasPrefix(lines[0], "\x1b[1;31mE") {
		t.Errorf("traceback %q", lines)
	}
	var read map[string]any
	if err := json.Unmarshal(JSON(content), &read); err != nil || read["evalue"] != "bad \uFFFD" {
		t.Errorf("%v %v", read, err)
	}
}
