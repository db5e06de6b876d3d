package kernel

import (
	"os"
	"os/exec"
	"testing"
)

// TestRealClients runs testdata/client_test.py, jupyter_client, nbclient and the conformance suite of Jupyter on libzmq, against the
// stand-in. GOLGI_PYTHON names another python3.
func TestRealClients(t *testing.T) {
	python := os.Getenv("GOLGI_PYTHON")
	if python == "" {
		python = "python3"
	}
	if exec.Command(python, "-c", "import jupyter_client, nbclient, nbformat, jupyter_kernel_test").Run() != nil {
		t.Skip("needs python3 with jupyter_client, nbclient and jupyter_kernel_test: pip install -r kernel/testdata/requirements.txt")
	}
	command := exec.Command(python, "testdata/client_test.py", os.Args[0])
	if output, err := command.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, output)
	}
}
