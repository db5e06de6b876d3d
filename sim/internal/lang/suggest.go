package lang

import (
	"strings"
	"unicode/utf8"
)

// unknown fails at a name that nothing visible has.
func (c *checker) unknown(n *Expr) {
	c.fail(n, ReasonName, "there is no "+shorten(n.Text), c.nameHint(n.Text))
}

func (c *checker) unknownFunction(n *Expr) {
	hint := "the functions are " + strings.Join(functionNames, ", ")
	var names []string
	for _, known := range c.scope.Names() {
		if s := c.scope.Lookup(known); s != nil && (s.Kind == Function || s.Kind == TimedArray) {
			names = append(names, known)
		}
	}
	if near := nearest(n.Text, names); near != "" {
		hint = "did you mean " + near + "?"
	} else if c.scope.Lookup(n.Text) != nil {
		hint = "to multiply write " + shorten(n.Text) + "*(…)"
	}
	fail(c.text, n.Pos, n.Pos+len(n.Text), ReasonName, "there is no function "+shorten(n.Text), hint)
}

// nameHint says what to do about an unknown name.
func (c *checker) nameHint(name string) string {
	if c.later[name] {
		return name + " gets its value only later: write it first"
	}
	for _, ending := range []string{"_pre", "_post"} {
		if c.scope.Lookup(name+ending) != nil {
			return "did you mean " + name + ending + "?"
		}
	}
	if plain := strings.NewReplacer("µ", "u", "μ", "u").Replace(name); plain != name && c.scope.Lookup(plain) != nil {
		return "did you mean " + plain + "?"
	}
	if near := nearest(name, c.scope.Names()); near != "" {
		return "did you mean " + near + "?"
	}
	if near := longestPrefix(name, c.scope); near != "" {
		return "did you mean " + near + "?"
	}
	if strings.HasSuffix(name, "_pre") || strings.HasSuffix(name, "_post") {
		return "it would be a variable of the group on that side"
	}
	return "give it a value first, or declare it in the model as a parameter"
}

// longestPrefix gives the longest name of two letters or more that word begins with, in either case: Vt for Vthresh.
// Units and functions do not count.
func longestPrefix(word string, s Scope) string {
	best := ""
	for _, name := range s.Names() {
		if len(name) >= 2 && len(name) > len(best) && len(name) < len(word) && strings.EqualFold(word[:len(name)], name) && predefined(name) == nil {
			best = name
		}
	}
	return best
}

// nearest gives the name that is most like word, "" when none is near enough: another case, or a change in at most
// a third of the letters. Of equals the first in the list wins. The cost is the length of word times that of all names.
func nearest(word string, names []string) string {
	size := utf8.RuneCountInString(word)
	if size > 40 {
		return ""
	}
	best, least := "", size/3+1
	if size < 3 {
		least = 1
	}
	for _, name := range names {
		if strings.EqualFold(word, name) && word != name {
			return name
		}
		if d := distance(word, name, least); d < least {
			best, least = name, d
		}
	}
	return best
}

// distance counts the letters to insert, drop, change or swap with a neighbour to make b of a (optimal string
// alignment), or gives limit when that many or more are needed.
func distance(a, b string, limit int) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) >= limit || len(y)-len(x) >= limit {
		return limit
	}
	var before []int
	last, row := make([]int, len(y)+1), make([]int, len(y)+1)
	for k := range last {
		last[k] = k
	}
	for i := range x {
		row[0] = i + 1
		for k := range y {
			cost := 1
			if x[i] == y[k] {
				cost = 0
			}
			row[k+1] = min(last[k+1]+1, row[k]+1, last[k]+cost)
			if i > 0 && k > 0 && x[i] == y[k-1] && x[i-1] == y[k] {
				row[k+1] = min(row[k+1], before[k-1]+1)
			}
		}
		before, last, row = last, row, make([]int, len(y)+1)
	}
	return min(last[len(y)], limit)
}

// Nearest is the one of names that word is most likely a misspelling of, "" when none is near.
func Nearest(word string, names []string) string { return nearest(word, names) }
