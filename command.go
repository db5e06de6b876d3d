package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

// A command is a word that may follow golgi.
type command struct {
	name, arguments, about string
	run                    func(c *command, args []string) error
}

var commands = []command{
	{"run", "notebook.ipynb [-o out.ipynb] [-html page.html] [-allow-errors]", "run a notebook and show what its cells print", runNotebook},
	{"install", "[--user | --prefix DIR | --sys-prefix] [--name NAME] [--restricted]", "make Jupyter know golgi", installKernel},
	{"kernel", "connection.json", "be a kernel: Jupyter calls this", serveKernel},
	{"bench", "CASE [-n N] [-t SECONDS] [-threads K] [-backend B] [-seed S] [-twice] | bench -report LINES.jsonl [-o FOLDER]",
		"measure a known model: cuba, cobahh, brunel, stdp, synapses, hh, poisson or a variant such as cuba-weights; or compare what was measured", benchmark},
	{"version", "", "say which golgi this is", printVersion},
}

// A usageError is a command line that cannot be understood.
type usageError struct{ message string }

func (e *usageError) Error() string { return e.message }

func misuse(format string, args ...any) error { return &usageError{fmt.Sprintf(format, args...)} }

// dispatch runs the command that args name.
func dispatch(args []string) error {
	if len(args) == 0 {
		printUsage(os.Stderr)
		return misuse("expected a command")
	}
	switch args[0] {
	case "help", "-h", "-help", "--help":
		printUsage(os.Stdout)
		return nil
	case "-v", "-version", "--version":
		return printVersion(nil, nil)
	}
	for i := range commands {
		if commands[i].name == args[0] {
			return commands[i].run(&commands[i], args[1:])
		}
	}
	names := make([]string, len(commands))
	for i, c := range commands {
		names[i] = c.name
	}
	return misuse("found the command %q, expected one of %s%s", args[0], strings.Join(names, ", "), suggestion(args))
}

// suggestion says what was perhaps meant.
func suggestion(args []string) string {
	if strings.HasSuffix(args[0], ".ipynb") {
		return fmt.Sprintf("; did you mean `golgi run %s`?", strings.Join(args, " "))
	}
	best, least := "", 3 // as many letters may be wrong as leave a word to know
	for _, c := range commands {
		if d := distance(args[0], c.name); d < least && d < len(c.name) {
			best, least = c.name, d
		}
	}
	if best == "" {
		return "; `golgi help` says more"
	}
	return fmt.Sprintf("; did you mean `golgi %s`?", best)
}

// distance counts the letters to insert, delete or replace between a and b (Levenshtein), in len(a)*len(b) steps.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

func printUsage(w io.Writer) {
	fmt.Fprint(w, "Golgi is a Jupyter kernel for live neural modelling.\n\n")
	for _, c := range commands {
		fmt.Fprintf(w, "  %s\n      %s\n", strings.TrimSpace("golgi "+c.name+" "+c.arguments), c.about)
	}
}

// parse reads flags, before and behind the other arguments, of which there have to be n. Done says that help was asked
// for and given.
func (c *command) parse(flags *flag.FlagSet, args []string, n int) (rest []string, done bool, err error) {
	flags.SetOutput(io.Discard)
	usage := strings.TrimSpace("golgi " + c.name + " " + c.arguments)
	for {
		if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
			fmt.Printf("usage: %s\n%s\n", usage, c.about)
			return nil, true, nil
		} else if err != nil {
			return nil, false, misuse("%s: %v; usage: %s", c.name, err, usage)
		}
		if flags.NArg() == 0 {
			break
		}
		rest, args = append(rest, flags.Arg(0)), flags.Args()[1:]
	}
	if len(rest) != n {
		return nil, false, misuse("%s: found %d arguments, expected %d; usage: %s", c.name, len(rest), n, usage)
	}
	return rest, false, nil
}
