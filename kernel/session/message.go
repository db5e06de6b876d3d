package session

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/golgi-sim/golgi/units"
)

// say writes a line to a stream of the running cell, the same line once a cell. Lines about unnamed objects of one kind
// are the same: a function that makes a hundred groups says once what holds for all.
func (s *Session) say(stream, text string) {
	key := unnumbered(text)
	s.mu.Lock()
	known := s.cell.said[key]
	s.cell.said[key] = true
	s.mu.Unlock()
	if !known {
		s.host.Stream(stream, text+"\n")
	}
}

var labelled = regexp.MustCompile(`(\w+) "(\w+?)(_\d+)?":`)

// unnumbered is a message without the names that objects get by themselves: neurongroup "neurongroup_1": … becomes
// neurongroup: …
func unnumbered(text string) string {
	return labelled.ReplaceAllStringFunc(text, func(label string) string {
		if m := labelled.FindStringSubmatch(label); m[1] == m[2] {
			return m[1] + ":"
		}
		return label
	})
}

// explainEmpty adds to an error about equations which of their names have no value yet, as a variable whose line stands
// further down in the cell.
func (s *Session) explainEmpty(equations string, err error) error {
	if err == nil {
		return nil
	}
	var empty []string
	for _, name := range namesIn(equations) {
		if v, ok := s.host.Lookup(name); ok && v == any(units.Quantity{}) && !slices.ContainsFunc(s.host.Locals(), func(l Variable) bool { return l.Name == name }) {
			empty = append(empty, name)
		}
	}
	if len(empty) == 0 {
		return err
	}
	return fmt.Errorf("%w\nnote: %s is 0 without a unit, as a variable is before its line has run: give it its value above the group", err, strings.Join(empty, ", "))
}
