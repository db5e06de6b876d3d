package cell

import (
	"os"
	"testing"
)

func TestOne(t *testing.T) {
	b, _ := os.ReadFile("/tmp/one.txt")
	t.Log(runProgram(t, sample{os.Getenv("DECL"), string(b), ""}))
}
