package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// A benchLine is what one run of one simulator measured. Lines come from golgi bench and from scripts that run other
// simulators; keys that are not listed here are theirs. Without quantity the line is a run, and what is compared is run
// divided by T. Without simulator, target tells: standalone, cython and numpy are Brian's, any other target is its
// simulator's own name.
type benchLine struct {
	Simulator string   `json:"simulator"`
	Target    string   `json:"target"`
	Case      string   `json:"case"`
	N         float64  `json:"N"`
	T         float64  `json:"T"`
	Threads   float64  `json:"threads"`
	Version   string   `json:"version"`
	Quantity  string   `json:"quantity"`
	Value     *float64 `json:"value"`
	Run       *float64 `json:"run"`
}

// readBenchLines reads a file of JSON lines; empty ones do not count.
func readBenchLines(name string) ([]benchLine, error) {
	file, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: found no such file, expected lines that golgi bench printed", name)
	} else if err != nil {
		return nil, err
	}
	defer file.Close()
	lines, err := parseBenchLines(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return lines, nil
}

func parseBenchLines(r io.Reader) ([]benchLine, error) {
	var lines []benchLine
	scanner := bufio.NewScanner(r)
	scanner.Buffer(nil, 1<<20)
	number := 0
	for scanner.Scan() {
		number++
		text := bytes.TrimSpace(scanner.Bytes())
		if len(text) == 0 {
			continue
		}
		line, err := parseBenchLine(text)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
		lines = append(lines, line)
	}
	if err := scanner.Err(); err != nil {
		return nil, fmt.Errorf("line %d: %w", number+1, err)
	}
	if len(lines) == 0 {
		return nil, errors.New("found no lines, expected those that golgi bench printed")
	}
	return lines, nil
}

func parseBenchLine(text []byte) (benchLine, error) {
	var line benchLine
	if err := json.Unmarshal(text, &line); err != nil {
		return line, whyNoLine(text, err)
	}
	line.nameSimulator()
	return line, line.check()
}

// whyNoLine explains what is wrong with JSON in the words of the file's writer.
func whyNoLine(text []byte, err error) error {
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && wrong.Field != "" {
		expected := "a number"
		if wrong.Type.String() == "string" {
			expected = "a text"
		}
		return fmt.Errorf("found the %s %s, expected %s", wrong.Value, wrong.Field, expected)
	}
	if len(text) > 40 {
		text = append(bytes.ToValidUTF8(text[:40], nil), "…"...)
	}
	return fmt.Errorf("found %s, expected one JSON object such as golgi bench prints", text)
}

// nameSimulator fills in what a line leaves to its target, and gives the simulator's name as it is written.
func (l *benchLine) nameSimulator() {
	named := l.Simulator != ""
	if !named {
		l.Simulator = l.Target
	}
	switch strings.ToLower(l.Simulator) {
	case "standalone", "cython", "numpy", "brian", "brian2":
		l.Simulator = "Brian"
	case "nest":
		l.Simulator = "NEST"
		if !named && l.Case == "hh" { // whose scripts call the network of Hodgkin-Huxley neurons so
			l.Case = "cobahh"
		}
	}
	if l.Simulator == "golgi" && l.Target == "auto" || l.Target == "standalone" || strings.EqualFold(l.Target, l.Simulator) {
		l.Target = ""
	}
	if l.Quantity == "" && l.Run != nil && l.T > 0 {
		l.Quantity, l.Value = "run", new(*l.Run/l.T)
	}
}

// check refuses lines that have no place in a table.
func (l *benchLine) check() error {
	switch {
	case l.Case == "":
		return errors.New("found no case, expected the name of what was measured")
	case l.Simulator == "":
		return errors.New("found neither simulator nor target, expected what ran the case")
	case l.Quantity == "":
		return errors.New("found neither quantity nor run and T, expected what was measured")
	case !slices.ContainsFunc(quantities, func(q quantity) bool { return q.name == l.Quantity }):
		return fmt.Errorf("found the quantity %q, expected one of %s", l.Quantity, strings.Join(quantityNames(), ", "))
	case l.Value == nil:
		return fmt.Errorf("found no value of the %s, expected a number", l.Quantity)
	case !(*l.Value > 0) && l.Quantity != "spikes":
		return fmt.Errorf("found %g as its %s, expected more than 0", *l.Value, l.Quantity)
	}
	return nil
}

// series names what a line is compared as: the simulator, and how it ran if not as usual.
func (l *benchLine) series() string {
	name := l.Simulator
	if l.Target != "" {
		name += " (" + l.Target + ")"
	}
	if l.Threads > 1 {
		name += fmt.Sprintf(", %g threads", l.Threads)
	}
	return name
}
