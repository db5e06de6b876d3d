package install

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
)

// golgi makes a stand-in for the program.
func golgi(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "golgi")
	if err := os.WriteFile(path, nil, 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

func readSpec(t *testing.T, dir string) map[string]any {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "kernel.json"))
	if err != nil {
		t.Fatal(err)
	}
	var s map[string]any
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestKernelspecHoldsWhatJupyterAsksFor(t *testing.T) {
	program, prefix := golgi(t), t.TempDir()
	dir, err := Kernelspec(Options{Prefix: prefix, Executable: program})
	if err != nil {
		t.Fatal(err)
	}
	if want := filepath.Join(prefix, "share", "jupyter", "kernels", "golgi"); dir != want {
		t.Errorf("installed in %s, expected %s", dir, want)
	}
	want := map[string]any{
		"argv":           []any{program, "kernel", "{connection_file}"},
		"display_name":   "golgi (Go)",
		"language":       "go",
		"interrupt_mode": "message",
		"metadata":       map[string]any{"debugger": false},
	}
	if got := readSpec(t, dir); !reflect.DeepEqual(got, want) {
		t.Errorf("kernel.json holds %v, expected %v", got, want)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if got := strings.Join(names, " "); got != "kernel.json logo-32x32.png logo-64x64.png logo-svg.svg" {
		t.Errorf("the kernelspec holds %s", got)
	}
}

func TestSecondInstallationReplacesTheFirst(t *testing.T) {
	prefix := t.TempDir()
	if _, err := Kernelspec(Options{Prefix: prefix, Executable: golgi(t)}); err != nil {
		t.Fatal(err)
	}
	program := golgi(t)
	dir, err := Kernelspec(Options{Prefix: prefix, Executable: program, Restricted: true})
	if err != nil {
		t.Fatal(err)
	}
	s := readSpec(t, dir)
	if s["argv"].([]any)[0] != program || s["env"].(map[string]any)["GOLGI_RESTRICTED"] != "1" {
		t.Errorf("kernel.json holds %v", s)
	}
}

func TestKernelspecOfAUserLiesWhereJupyterLooks(t *testing.T) {
	home := t.TempDir()
	for _, variable := range []string{"JUPYTER_DATA_DIR", "XDG_DATA_HOME", "APPDATA"} {
		t.Setenv(variable, "")
	}
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	tests := map[string]string{
		"linux":   filepath.Join(home, ".local", "share", "jupyter"),
		"darwin":  filepath.Join(home, "Library", "Jupyter"),
		"windows": filepath.Join(home, ".jupyter", "data"),
	}
	for system, want := range tests {
		if got, err := userFolder(system); got != want || err != nil {
			t.Errorf("%s: %s %v, expected %s", system, got, err, want)
		}
	}
	t.Setenv("XDG_DATA_HOME", filepath.Join(home, "data"))
	if got, _ := userFolder("linux"); got != filepath.Join(home, "data", "jupyter") {
		t.Errorf("XDG_DATA_HOME gives %s", got)
	}
	t.Setenv("JUPYTER_DATA_DIR", filepath.Join(home, "mine"))
	for _, o := range []Options{{User: true}, {}} {
		o.Executable, o.Name = golgi(t), "golgi-2.0"
		dir, err := Kernelspec(o)
		if want := filepath.Join(home, "mine", "kernels", "golgi-2.0"); dir != want || err != nil {
			t.Errorf("JUPYTER_DATA_DIR gives %s %v, expected %s", dir, err, want)
		}
	}
}

func TestSysPrefixAsksPythonThenTheEnvironment(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the stand-in for python3 is a shell script")
	}
	folder, prefix := t.TempDir(), t.TempDir()
	script := "#!/bin/sh\necho " + prefix + "\n"
	if err := os.WriteFile(filepath.Join(folder, "python3"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder)
	t.Setenv("VIRTUAL_ENV", "")
	t.Setenv("CONDA_PREFIX", t.TempDir())
	dir, err := Kernelspec(Options{SysPrefix: true, Executable: golgi(t)})
	if err != nil || !strings.HasPrefix(dir, prefix) {
		t.Errorf("with python3: %s %v, expected it under %s", dir, err, prefix)
	}
	t.Setenv("PATH", t.TempDir())
	if dir, err = Kernelspec(Options{SysPrefix: true, Executable: golgi(t)}); err != nil || !strings.HasPrefix(dir, os.Getenv("CONDA_PREFIX")) {
		t.Errorf("with conda: %s %v", dir, err)
	}
	t.Setenv("CONDA_PREFIX", "")
	if _, err = Kernelspec(Options{SysPrefix: true, Executable: golgi(t)}); err == nil || !strings.Contains(err.Error(), "use --user or --prefix DIR") {
		t.Errorf("with nothing: error %v", err)
	}
}

func TestErrorsSayWhatToDo(t *testing.T) {
	file := golgi(t)
	temporary := filepath.Join(t.TempDir(), "go-build123", "exe")
	os.MkdirAll(temporary, 0o755)
	tests := map[string]struct {
		o    Options
		want string
	}{
		"name":        {Options{Prefix: t.TempDir(), Executable: file, Name: "a b"}, `found "a b", expected letters`},
		"path name":   {Options{Prefix: t.TempDir(), Executable: file, Name: "../x"}, "expected letters"},
		"two places":  {Options{Prefix: "x", User: true, Executable: file}, "expected at most one"},
		"no program":  {Options{Prefix: t.TempDir(), Executable: file + "x"}, "found no program at " + file + "x"},
		"go run":      {Options{Prefix: t.TempDir(), Executable: filepath.Join(temporary, "golgi")}, "run `go install` first"},
		"file in way": {Options{Prefix: file, Executable: file}, "check the folders above it"},
	}
	for name, test := range tests {
		if dir, err := Kernelspec(test.o); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %s, error %v, expected %q", name, dir, err, test.want)
		}
	}
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		return
	}
	closed := t.TempDir()
	os.Chmod(closed, 0o500)
	if _, err := Kernelspec(Options{Prefix: closed, Executable: file}); err == nil || !strings.Contains(err.Error(), "--user` needs no rights") {
		t.Errorf("closed folder: error %v", err)
	}
}
