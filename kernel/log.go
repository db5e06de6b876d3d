package kernel

import (
	"log"
	"os"
)

// openLog gives a function that notes what a person hunting a fault would like to know. Without a file it does nothing.
func openLog(file string) func(format string, args ...any) {
	nothing := func(string, ...any) {}
	if file == "" {
		return nothing
	}
	f, err := os.OpenFile(file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nothing
	}
	return log.New(f, "", log.LstdFlags|log.Lmicroseconds).Printf
}
