package sim_test

import (
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
)

// An errorRow is a small case that must be refused.
type errorRow struct {
	What, Where, Text, Reason string
	Phase                     string // when the other simulator noticed: construct, connect, assign or run
	BrianError                string `json:"brian_error"`
	Case                      referenceCase
}

// placeWords are what a message must say about where the mistake is.
var placeWords = map[string][]string{
	"model": {`"N": model`}, "threshold": {`"N": threshold`}, "reset": {`"N": reset`}, "refractory": {`"N": refractory`},
	"on_pre": {`"S": on_pre`}, "synapse model": {`"S"`}, "connect": {`"S"`}, "method": {`"N"`, "integrator"},
	"assignment": {`"N"`, `"S"`}, "run_regularly": {`"N": run_regularly`}, "monitor": {"Monitor", "monitor"},
	"synapses": {`"S"`, `"S2"`}, "spike_generator": {`"In"`}, "event": {`"N": event up`}, "run": {"Run", `"S"`}, "dt": {"step"},
	"group": {"neurongroup"}, "linked": {`"N"`},
}

// textual are the places whose texts are in the modelling language.
var textual = []string{"model", "threshold", "reset", "refractory", "on_pre", "synapse model", "connect", "assignment", "run_regularly", "event"}

// plain are the mistakes that no place in a text can show: they lie between objects, or between a text and values.
var plain = []string{
	"not linked", "not connected", "length", "index out of range", "contradictory arguments", "unsupported method",
	"x : volt (linked)", "vv = 5*mV", "s = 3", "c = i*mV",
}

// Every case of the list is refused with one message that names the object and the place, and shows the place with a
// caret where it is in a text of the modelling language.
func TestMistakesAreRefusedWithOneMessageThatNamesThePlace(t *testing.T) {
	refused, waiting := 0, map[string]int{}
	for _, row := range readLines[errorRow](t, "errors.jsonl") {
		t.Run(row.Where+" "+row.Text, func(t *testing.T) {
			row.Case.Name = row.What
			err := firstError(&row.Case)
			faults := messageFaults(row, err)
			switch {
			case len(faults) == 0:
				refused++
			case len(missing(&row.Case)) > 0:
				waiting[row.Reason]++
			}
			for _, fault := range faults {
				if len(missing(&row.Case)) == 0 {
					t.Errorf("%s: the message %s:\n%v", row.What, fault, err)
				}
			}
		})
	}
	t.Logf("%d refused%s", refused, counted(waiting))
}

// firstError makes and runs a case up to its first error.
func firstError(c *referenceCase) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	m, err := makeModel(c, 1)
	if err != nil {
		return err
	}
	return m.run()
}

// messageFaults lists what is wrong with the error of a row.
func messageFaults(row errorRow, err error) []string {
	if err == nil {
		return []string{"is missing: nothing was refused"}
	}
	var faults []string
	message := err.Error()
	if strings.TrimSpace(message) == "" {
		return []string{"is empty"}
	}
	if strings.HasPrefix(message, "panic") {
		return []string{"is a panic"}
	}
	names := func(word string) bool { return strings.Contains(message, word) }
	if words, known := placeWords[row.Where]; !known || !slices.ContainsFunc(words, names) {
		faults = append(faults, fmt.Sprintf("names none of %q", words))
	}
	needed := slices.Contains(textual, row.Where) && !slices.Contains(plain, row.Reason) && !slices.Contains(plain, row.Text)
	switch carets := caretLines(message); {
	case carets > 1:
		faults = append(faults, "shows several places")
	case carets == 0 && needed:
		faults = append(faults, "shows no place")
	}
	return faults
}

// caretLines is the number of lines of carets.
func caretLines(message string) int {
	n := 0
	for line := range strings.Lines(message) {
		if trimmed := strings.TrimSpace(line); trimmed != "" && strings.Trim(trimmed, "^") == "" {
			n++
		}
	}
	return n
}
