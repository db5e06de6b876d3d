// Golgi is a Jupyter kernel, in Go, for live neural modelling: a cell is Go with physical units, models are written as
// equations.
//
//	golgi run notebook.ipynb     runs a notebook, without Python
//	golgi install                makes Jupyter know golgi
//	golgi kernel connection.json is what Jupyter calls
//	golgi bench cuba             measures the simulator with a usual network
//	golgi version
//
// The exit status is 0 when all went well, 1 when something failed (a cell too), 2 when the command line is wrong.
package main

import (
	"errors"
	"fmt"
	"os"
)

func main() { os.Exit(run(os.Args[1:])) }

// run carries out a command line and gives the exit status.
func run(args []string) int {
	err := dispatch(args)
	if err == nil {
		return 0
	}
	fmt.Fprintf(os.Stderr, "golgi: %v\n", err)
	if _, ok := errors.AsType[*usageError](err); ok {
		return 2
	}
	return 1
}
