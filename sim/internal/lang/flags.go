package lang

import (
	"slices"
	"strings"
)

// Flags are the words in parentheses after the unit of an equation.
type Flags uint16

// The flags.
const (
	UnlessRefractory Flags = 1 << iota
	EventDriven
	ClockDriven
	ConstantFlag
	SharedFlag
	LinkedFlag
	ConstantOverDt
	SummedFlag
	PointCurrent
)

type flagName struct {
	flag Flags
	name string
}

var flagNames = []flagName{
	{UnlessRefractory, "unless refractory"}, {EventDriven, "event-driven"}, {ClockDriven, "clock-driven"},
	{ConstantFlag, "constant"}, {SharedFlag, "shared"}, {LinkedFlag, "linked"},
	{ConstantOverDt, "constant over dt"}, {SummedFlag, "summed"}, {PointCurrent, "point current"},
}

// String gives the flags as they are written, without parentheses.
func (f Flags) String() string {
	var names []string
	for _, known := range flagNames {
		if f&known.flag != 0 {
			names = append(names, known.name)
		}
	}
	return strings.Join(names, ", ")
}

func flagNamed(name string) (Flags, bool) {
	for _, known := range flagNames {
		if known.name == name {
			return known.flag, true
		}
	}
	return 0, false
}

func beginsFlag(word string) bool {
	return slices.ContainsFunc(flagNames, func(known flagName) bool {
		return word != "" && strings.HasPrefix(known.name, word)
	})
}

// flags takes the parenthesis with the flags, when there is one.
func (p *parser) flags() (found Flags, pos int) {
	open := p.peek()
	if !open.is("(") {
		return 0, open.pos
	}
	p.at++
	p.brackets = append(p.brackets, open)
	for {
		found |= p.flag(open, found)
		if !p.accept(",") {
			break
		}
	}
	p.closing(open)
	return found, open.pos
}

// flag takes the words up to a comma or the closing parenthesis.
func (p *parser) flag(open token, before Flags) Flags {
	first, last := p.peek(), p.peek()
	for t := first; !t.is(",") && !t.is(")"); t = p.peek() {
		if t.kind == endOfText || t.kind == newline {
			p.fail(open, "this parenthesis is not closed", "put a ) after the flags")
		}
		last = p.take()
	}
	if first.is(",") || first.is(")") {
		p.fail(first, "a flag is missing", "such as constant")
	}
	words := strings.Join(strings.Fields(p.text[first.pos:last.end]), " ")
	f, ok := flagNamed(words)
	if !ok {
		fail(p.text, first.pos, last.end, ReasonFlag, "there is no flag "+shorten(words), nearestFlag(words))
	}
	if before&f != 0 {
		fail(p.text, first.pos, last.end, ReasonFlagPlace, "the flag "+words+" is given twice", "once is enough")
	}
	return f
}

func nearestFlag(words string) string {
	var names []string
	for _, known := range flagNames {
		names = append(names, known.name)
	}
	if near := nearest(words, names); near != "" {
		return "did you mean " + near + "?"
	}
	return "the flags are " + strings.Join(names, ", ")
}
