package kernel

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// glob gives the test for a pattern of *, ? and [sets] that has to fit a whole input; a pattern that cannot be read
// fits none. "" fits everything.
func glob(pattern string) func(string) bool {
	if pattern == "" {
		pattern = "*"
	}
	var b strings.Builder
	b.WriteString(`(?s)\A`)
	for rest := pattern; rest != ""; {
		var part string
		part, rest = globPart(rest)
		b.WriteString(part)
	}
	b.WriteString(`\z`)
	expression, err := regexp.Compile(b.String())
	if err != nil {
		return func(string) bool { return false }
	}
	return expression.MatchString
}

// globPart gives the regular expression of the first part of a pattern, and the rest.
func globPart(pattern string) (expression, rest string) {
	switch pattern[0] {
	case '*':
		return ".*", pattern[1:]
	case '?':
		return ".", pattern[1:]
	case '[':
		if end := strings.IndexByte(pattern[min(2, len(pattern)):], ']'); end >= 0 {
			set := pattern[1 : end+2]
			return "[" + escapeSet(set) + "]", pattern[end+3:]
		}
	}
	_, size := utf8.DecodeRuneInString(pattern)
	return regexp.QuoteMeta(pattern[:size]), pattern[size:]
}

// escapeSet keeps ranges and a leading ^ and takes the meaning from the rest.
func escapeSet(set string) string {
	return strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`, `&`, `\&`).Replace(set)
}
