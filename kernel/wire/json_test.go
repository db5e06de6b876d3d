package wire

import (
	"math"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestJSONAlwaysSucceeds(t *testing.T) {
	type point struct {
		X    float64 `json:"x,omitempty"`
		Skip int     `json:"-"`
		Y    []float64
	}
	circle := map[string]any{}
	circle["self"] = circle
	tests := []struct {
		value any
		want  string
	}{
		{map[string]any{"a": math.NaN(), "b": 1.5}, `{"a":null,"b":1.5}`},
		{[]float64{1, math.Inf(1), math.Inf(-1)}, `[1,null,null]`},
		{map[string][]float64{"v": {math.NaN()}}, `{"v":[null]}`},
		{&point{math.NaN(), 3, []float64{2}}, `{"Y":[2],"x":null}`},
		{[]any{func() {}, make(chan int), nil, "a"}, `[null,null,null,"a"]`},
		{[]any{math.NaN(), []byte("abc")}, `[null,"YWJj"]`},
		{math.NaN(), `null`},
		{"a\xffb<&>", `"a\ufffdb<&>"`},
		{map[string]any(nil), `null`},
	}
	for _, test := range tests {
		if got := string(JSON(test.value)); got != test.want {
			t.Errorf("%v is written %s, expected %s", test.value, got, test.want)
		}
	}
	if got := JSON(circle); string(got) != "null" {
		t.Errorf("a value that contains itself is written %.40s", got)
	}
}

func TestTextNeverSplitsARune(t *testing.T) {
	const whole = "aµ€😀z"
	for cut := range len(whole) {
		var sent strings.Builder
		first, rest := Text([]byte(whole[:cut]))
		second, left := Text(append(rest, whole[cut:]...))
		sent.WriteString(first + second)
		if !utf8.ValidString(first) || !utf8.ValidString(second) || sent.String() != whole || len(left) != 0 {
			t.Errorf("cut at %d: %q and %q, left %q", cut, first, second, left)
		}
	}
}

func TestInvalidBytesAreReplaced(t *testing.T) {
	tests := []struct{ stream, text, rest string }{
		{"a\xffb", "a\uFFFDb", ""},
		{"a\x80", "a\uFFFD", ""},
		{"\xc3", "", "\xc3"},
		{"\xe2\x82", "", "\xe2\x82"},
		{"\xf0\x9f\x98", "", "\xf0\x9f\x98"},
		{"\xff", "\uFFFD", ""},
		{"", "", ""},
	}
	for _, test := range tests {
		text, rest := Text([]byte(test.stream))
		if text != test.text || string(rest) != test.rest {
			t.Errorf("%q gives %q and %q, expected %q and %q", test.stream, text, rest, test.text, test.rest)
		}
	}
}
