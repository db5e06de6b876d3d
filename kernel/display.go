package kernel

import (
	"encoding/binary"
	"fmt"
	"reflect"
	"strings"
)

// largestSVG is how many bytes of SVG a notebook gets; beyond, the picture comes as PNG alone, or saved notebooks and
// browsers suffer.
const largestSVG = 200_000

// DisplayBundle gives the forms that v has a method for: SVG() []byte, PNG() []byte, HTML() string, Markdown() string,
// LaTeX() string and, as plain text, String() string or Error() string, else the text of fmt. A PNG is taken to have
// twice the pixels of its size on the page, so that it is sharp on every screen. A method that panics is left out.
func DisplayBundle(v any) Bundle {
	b := Bundle{Data: map[string]any{}, Metadata: map[string]any{}}
	svg := call(v, func(v interface{ SVG() []byte }) []byte { return v.SVG() })
	png := call(v, func(v interface{ PNG() []byte }) []byte { return v.PNG() })
	if len(svg) > 0 && (len(svg) < largestSVG || len(png) == 0) {
		b.Data["image/svg+xml"] = string(svg)
	}
	if len(png) > 0 {
		b.Data["image/png"] = png
		if width, height, ok := pngSize(png); ok {
			b.Metadata["image/png"] = map[string]any{"width": (width + 1) / 2, "height": (height + 1) / 2}
		}
	}
	b.add("text/html", call(v, func(v interface{ HTML() string }) string { return v.HTML() }))
	b.add("text/markdown", call(v, func(v interface{ Markdown() string }) string { return v.Markdown() }))
	b.add("text/latex", typeset(call(v, func(v interface{ LaTeX() string }) string { return v.LaTeX() })))
	b.Data["text/plain"] = plain(v)
	return b
}

func (b *Bundle) add(mime, text string) {
	if text != "" {
		b.Data[mime] = text
	}
}

// call gives what v says through a method of I, the zero value if it has none or if that panics.
func call[I, T any](v any, method func(I) T) (said T) {
	defer func() {
		if recover() != nil {
			var nothing T
			said = nothing
		}
	}()
	if able, ok := v.(I); ok {
		return method(able)
	}
	return said
}

// plain gives the text of v. fmt calls String and Error and survives their panics.
func plain(v any) string {
	if value := reflect.ValueOf(v); value.IsValid() && value.Kind() == reflect.Pointer && value.IsNil() {
		return "nil"
	}
	return fmt.Sprint(v)
}

// typeset puts LaTeX between the dollars that front ends look for, unless it has its own.
func typeset(latex string) string {
	if latex == "" || strings.HasPrefix(latex, "$") || strings.HasPrefix(latex, `\[`) || strings.HasPrefix(latex, `\begin{`) {
		return latex
	}
	return "$" + latex + "$"
}

// pngSize reads width and height from the header of a PNG (W3C PNG, section 11.2.1).
func pngSize(png []byte) (width, height int, ok bool) {
	if len(png) < 24 || string(png[1:4]) != "PNG" || string(png[12:16]) != "IHDR" {
		return 0, 0, false
	}
	return int(binary.BigEndian.Uint32(png[16:])), int(binary.BigEndian.Uint32(png[20:])), true
}
