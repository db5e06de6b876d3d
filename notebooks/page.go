package notebooks

import (
	"bytes"
	"encoding/base64"
	"html/template"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// Page is the notebook as one page of HTML that needs nothing else: text, cells, results, and pictures as images. All
// that a cell printed or named is escaped, and HTML in a text or an output is not taken over, so that a page cannot do
// more than be read.
func (nb *Notebook) Page(title string) ([]byte, error) {
	p := page{Title: title}
	markdown := goldmark.New(goldmark.WithExtensions(extension.Table))
	for _, c := range nb.Cells {
		item := pageCell{Code: c.Kind() == "code", Source: c.Source()}
		if c.Kind() == "markdown" {
			var b bytes.Buffer
			if err := markdown.Convert([]byte(c.Source()), &b); err != nil {
				return nil, err
			}
			item.Text = template.HTML(b.String()) // goldmark leaves out raw HTML and unsafe links
		}
		for _, o := range c.Outputs() {
			item.Outputs = append(item.Outputs, pageOutputOf(o))
		}
		p.Cells = append(p.Cells, item)
	}
	var b bytes.Buffer
	err := pageTemplate.Execute(&b, p)
	return b.Bytes(), err
}

type page struct {
	Title string
	Cells []pageCell
}

type pageCell struct {
	Code    bool
	Source  string
	Text    template.HTML
	Outputs []pageOutput
}

// A pageOutput is a picture or a text; Error marks what went wrong.
type pageOutput struct {
	Image template.URL
	Text  string
	Error bool
}

var colours = regexp.MustCompile("\x1b\\[[0-9;]*m")

func pageOutputOf(o output) pageOutput {
	switch text(o["output_type"]) {
	case "stream":
		return pageOutput{Text: colours.ReplaceAllString(text(o["text"]), ""), Error: text(o["name"]) == "stderr"}
	case "error":
		lines, _ := o["traceback"].([]any)
		parts := make([]string, len(lines))
		for k, line := range lines {
			parts[k] = text(line)
		}
		return pageOutput{Text: colours.ReplaceAllString(strings.Join(parts, "\n"), ""), Error: true}
	}
	data, _ := o["data"].(map[string]any)
	if svg := text(data["image/svg+xml"]); svg != "" {
		return pageOutput{Image: dataURL("image/svg+xml", base64.StdEncoding.EncodeToString([]byte(svg)))}
	}
	if png := text(data["image/png"]); png != "" {
		return pageOutput{Image: dataURL("image/png", strings.Join(strings.Fields(png), ""))}
	}
	return pageOutput{Text: text(data["text/plain"])}
}

// dataURL is a picture inside the page. Its bytes can only be drawn: scripts in an SVG image do not run.
func dataURL(mime, encoded string) template.URL {
	return template.URL("data:" + mime + ";base64," + encoded)
}

var pageTemplate = template.Must(template.New("page").Parse(`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>{{.Title}}</title>
<style>
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.55 system-ui, sans-serif; color: #222; background: #fff; }
pre { margin: 0; font: 13px/1.45 ui-monospace, "DejaVu Sans Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
code { font: 0.9em ui-monospace, "DejaVu Sans Mono", monospace; background: #f3f4f6; padding: 0 .2em; border-radius: 3px; }
pre code { background: none; padding: 0; }
.cell { margin: 1rem 0; }
.source { background: #f6f8fa; border-left: 3px solid #4477aa; padding: .6rem .8rem; border-radius: 3px; }
.output { padding: .5rem .8rem; }
.error { background: #fdf0ee; border-left: 3px solid #cc4433; }
img { max-width: 100%; height: auto; }
table { border-collapse: collapse; } td, th { border: 1px solid #ddd; padding: .2rem .6rem; }
</style>
</head>
<body>
{{- range .Cells}}
<div class="cell">
{{- if .Code}}
<pre class="source">{{.Source}}</pre>
{{- range .Outputs}}
<div class="output{{if .Error}} error{{end}}">{{if .Image}}<img src="{{.Image}}" alt="figure">{{else}}<pre>{{.Text}}</pre>{{end}}</div>
{{- end}}
{{- else if .Text}}
{{.Text}}
{{- else}}
<pre>{{.Source}}</pre>
{{- end}}
</div>
{{- end}}
</body>
</html>
`))
