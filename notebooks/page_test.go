package notebooks

import (
	"strings"
	"testing"
)

func TestAPageShowsTextCodeResultsAndPicturesAndEscapesThemAll(t *testing.T) {
	nb, err := Read(strings.NewReader(`{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[
	{"cell_type":"markdown","id":"a","metadata":{},"source":"# Neurons\n<script>alert(1)</script> and [a link](javascript:alert(2))"},
	{"cell_type":"code","id":"b","metadata":{},"source":"if a < b { }","execution_count":1,"outputs":[
		{"output_type":"stream","name":"stdout","text":"<b>bold</b>\n"},
		{"output_type":"display_data","metadata":{},"data":{"image/svg+xml":"<svg xmlns=\"http://www.w3.org/2000/svg\"/>","image/png":"AAAA","text/plain":"figure"}},
		{"output_type":"display_data","metadata":{},"data":{"text/html":"<script>alert(3)</script>","text/plain":"plain <i>"}},
		{"output_type":"error","ename":"E","evalue":"x","traceback":["\u001b[31mError\u001b[0m: a <caret>"]}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	html, err := nb.Page("A <title>")
	if err != nil {
		t.Fatal(err)
	}
	got := string(html)
	for _, want := range []string{"<h1>Neurons</h1>", "if a &lt; b { }", "&lt;b&gt;bold", `src="data:image/svg&#43;xml;base64,PHN2ZyB4`, "plain &lt;i&gt;", "Error: a &lt;caret&gt;", "<title>A &lt;title&gt;</title>"} {
		if !strings.Contains(got, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, bad := range []string{"<script", "javascript:", "\x1b", "<b>bold"} {
		if strings.Contains(got, bad) {
			t.Errorf("the page has %q", bad)
		}
	}
}
