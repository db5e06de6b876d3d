package vm

import (
	"bytes"
	"os"
	"os/exec"
	"testing"
)

func TestKernelsAreWhatTheGeneratorWrites(t *testing.T) {
	want, err := exec.Command("go", "run", "gen.go").Output()
	if err != nil {
		t.Fatal(err)
	}
	found, err := os.ReadFile("zkernel.go")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(found, want) {
		t.Error("zkernel.go is stale: go run gen.go > zkernel.go")
	}
}
