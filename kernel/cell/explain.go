package cell

import (
	"regexp"
	"strings"
)

// A habit is a way of writing from another language, or from mathematics, and what Go has instead.
type habit struct {
	line *regexp.Regexp // what the line looks like, from the error on or whole
	hint string
}

var habits = []habit{
	{regexp.MustCompile(`\w\[[^\]]*[\w)]\s*,\s*[\w(-]`), "two indices are At(…): w[At(3, 7)]"},
	{regexp.MustCompile(`^\s*def\s`), "a function is written func f(x Quantity) Quantity { … }"},
	{regexp.MustCompile(`^\s*(for|if|while|elif|else)\b.*:\s*$`), "blocks stand between { and }"},
	{regexp.MustCompile(`^\s*while\b`), "a loop with a condition is for condition { … }"},
	{regexp.MustCompile(`^\s*from\s+\S+\s+import|^\s*import\s+\w+(\.\w+)*(\s+as\s+\w+)?\s*$`), "packages need no import here; one of your own choice is import \"math/rand\""},
	{regexp.MustCompile(`'[^']{2,}'`), "texts stand between double quotes"},
	{regexp.MustCompile(`#`), "comments begin with //"},
	{regexp.MustCompile(`\blambda\b`), "a function without name is func(x Quantity) Quantity { return … }"},
	{regexp.MustCompile(`\w\s*\*\*\s*\w`), "a power is Pow(x, 2) or x.Pow(2)"},
	{regexp.MustCompile(`\b(and|or|not)\b`), "the logical operators are &&, || and !"},
	{regexp.MustCompile(`\w\s*\?\s*\w.*:`), "there is no ?: ; use if, or Where(mask, a, b) for arrays"},
}

// foreignNames are names of other languages with what cells have.
var foreignNames = map[string]string{
	"True": "true", "False": "false", "None": "nil", "np": "the array functions need no package: Linspace, Mean, …", "plt": "the plot functions need no package: Plot, XLabel, …",
	"run": "Run", "abs": "Abs", "sqrt": "Sqrt", "exp": "Exp", "log": "Log", "sin": "Sin", "cos": "Cos", "linspace": "Linspace", "mean": "Mean", "sum": "Sum",
	"str": "fmt.Sprint", "float": "float64", "list": "[]float64{…}", "dict": "map[string]float64{…}", "zeros": "Zeros", "ones": "Ones", "plot": "Plot",
}

// explainSyntax gives the parser's messages a hint where the line looks like another language.
func explainSyntax(problems []problem, locate func(problem) string) []problem {
	for i := range problems {
		p := &problems[i]
		p.syntax = true
		p.message = strings.TrimSuffix(strings.ReplaceAll(p.message, "'", ""), " (and 10 more errors)")
		p.hint = hintFor(locate(*p))
		p.message = strings.ReplaceAll(p.message, "found EOF", "found the end of the cell")
	}
	return onePerLine(problems, locate)
}

func hintFor(line string) string {
	code := regexp.MustCompile("\"[^\"]*\"|`[^`]*`").ReplaceAllString(line, `""`)
	for _, h := range habits {
		if h.line.MatchString(code) {
			return h.hint
		}
	}
	return ""
}

// onePerLine keeps the first error of a line: the parser's later ones follow from it.
func onePerLine(problems []problem, locate func(problem) string) (kept []problem) {
	seen := map[string]bool{}
	for _, p := range problems {
		if line := locate(p); !seen[line] {
			seen[line] = true
			kept = append(kept, p)
		}
	}
	return kept
}

var (
	undefinedName   = regexp.MustCompile(`^undefined: (\S+)$`)
	undefinedMember = regexp.MustCompile(`^(\S+) undefined \(type (\S+) has no field or method ([^,)]+)`)
	unusedLabel     = regexp.MustCompile(`^label (\w+) declared and not used`)
	undefinedInPkg  = regexp.MustCompile(`^undefined: (\w+)\.(\w+)$`)
)

// explain makes the checker's messages those of a cell, with one suggestion each.
func (d *desugarer) explain(problems []problem) []problem {
	for i := range problems {
		p := &problems[i]
		p.message = strings.ReplaceAll(strings.ReplaceAll(p.message, "units.Quantity", "Quantity"), "units.Array", "Array")
		p.message = strings.ReplaceAll(p.message, " of struct type ", " of type ")
		switch {
		case p.hint != "":
		case undefinedInPkg.MatchString(p.message):
			m := undefinedInPkg.FindStringSubmatch(p.message)
			p.hint = didYouMean(m[2], d.s.packageNames(m[1]))
		case undefinedName.MatchString(p.message):
			name := undefinedName.FindStringSubmatch(p.message)[1]
			if d.isAssigned(*p, name) {
				p.hint = didYouMean(name, d.s.variableNames())
				if p.hint == "" {
					p.hint = "a new variable is made with := , as in " + name + " := …"
				}
				continue
			}
			if p.hint = foreignNames[name]; p.hint != "" {
				p.hint = "here it is " + p.hint
			} else {
				p.hint = didYouMean(name, append(d.s.allNames(), d.defined()...))
			}
		case undefinedMember.MatchString(p.message):
			m := undefinedMember.FindStringSubmatch(p.message)
			p.hint = didYouMean(m[3], d.s.memberNames(m[1]))
		case unusedLabel.MatchString(p.message):
			p.hint = didYouMean(unusedLabel.FindStringSubmatch(p.message)[1], []string{"default", "case"})
		case strings.Contains(p.message, "no new variables on left side of :="):
			p.hint = "= gives a variable that exists another value"
		case strings.Contains(p.message, "cannot indirect"):
			p.hint = "a power is Pow(x, 2) or x.Pow(2)"
		}
	}
	return problems
}

// isAssigned reports whether the undefined name stands on the left of =.
func (d *desugarer) isAssigned(p problem, name string) bool {
	c, offset := d.s.locate(p.pos)
	if c == nil {
		return false
	}
	rest := strings.TrimLeft(strings.TrimPrefix(c.text[offset:], name), " ")
	return strings.HasPrefix(rest, "=") && !strings.HasPrefix(rest, "==")
}

func didYouMean(name string, known []string) string {
	if near := nearest(name, known); near != "" && near != name {
		return "did you mean " + near + "?"
	}
	return ""
}

// nearestPackage suggests a package for a path that does not exist.
func nearestPackage(path string, known []string) string { return didYouMean(path, known) }

// defined lists what the cell itself declares.
func (d *desugarer) defined() (names []string) {
	for id, o := range d.c.info.Defs {
		if o != nil && !strings.HasPrefix(id.Name, "k_") {
			names = append(names, id.Name)
		}
	}
	return names
}
