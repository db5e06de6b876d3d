package install

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// Options say what to install and where. At most one of User, Prefix and SysPrefix is set; none means User.
type Options struct {
	User       bool   // for this user
	Prefix     string // under this folder, in share/jupyter/kernels
	SysPrefix  bool   // under the prefix of the Python environment that is active
	Name       string // of the folder; "" is "golgi"
	Restricted bool   // cells get no shell, os/exec, syscall, unsafe and net
	Executable string // the program Jupyter starts; "" is this one
}

var nameIsGood = regexp.MustCompile(`^[A-Za-z0-9._-]+$`).MatchString

// Kernelspec writes a kernelspec, over an earlier one of the same name, and gives its folder. Errors say what to do.
func Kernelspec(o Options) (dir string, err error) {
	if o.Name == "" {
		o.Name = "golgi"
	}
	if !nameIsGood(o.Name) {
		return "", fmt.Errorf("--name: found %q, expected letters, digits, '.', '_' and '-' alone", o.Name)
	}
	parent, err := o.parent()
	if err != nil {
		return "", err
	}
	program, err := o.program()
	if err != nil {
		return "", err
	}
	dir = filepath.Join(parent, "kernels", o.Name)
	if err := write(dir, o.files(program)); err != nil {
		return "", explain(err, dir, o)
	}
	return dir, nil
}

// program gives the absolute path of what Jupyter starts.
func (o Options) program() (string, error) {
	path := o.Executable
	if path == "" {
		own, err := os.Executable()
		if err != nil {
			return "", fmt.Errorf("cannot find the golgi program itself: %w; start it by its full path", err)
		}
		path = own
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if strings.Contains(path, string(filepath.Separator)+"go-build") {
		return "", fmt.Errorf("this golgi was built by `go run` and vanishes when it ends: run `go install` first, then `golgi install`")
	}
	if info, err := os.Stat(path); err != nil || info.IsDir() {
		return "", fmt.Errorf("found no program at %s, where Jupyter would start golgi", path)
	}
	return path, nil
}

// spec is kernel.json.
type spec struct {
	Argv          []string          `json:"argv"`
	DisplayName   string            `json:"display_name"`
	Language      string            `json:"language"`
	InterruptMode string            `json:"interrupt_mode"`
	Env           map[string]string `json:"env,omitempty"`
	Metadata      map[string]any    `json:"metadata"`
}

// files gives the content of the kernelspec.
func (o Options) files(program string) map[string][]byte {
	s := spec{
		Argv:          []string{program, "kernel", "{connection_file}"},
		DisplayName:   "golgi (Go)",
		Language:      "go",
		InterruptMode: "message",
		Metadata:      map[string]any{"debugger": false},
	}
	if o.Restricted {
		s.Env = map[string]string{"GOLGI_RESTRICTED": "1"}
	}
	text, _ := json.MarshalIndent(s, "", "  ") // strings and a bool
	return map[string][]byte{
		"kernel.json":    append(text, '\n'),
		"logo-32x32.png": logoPNG(32),
		"logo-64x64.png": logoPNG(64),
		"logo-svg.svg":   logoSVG(),
	}
}

// write puts files into dir, each whole or not at all: Jupyter may be reading them.
func write(dir string, files map[string][]byte) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for name, text := range files {
		draft := filepath.Join(dir, name+".new")
		if err := os.WriteFile(draft, text, 0o644); err != nil {
			return err
		}
		if err := os.Rename(draft, filepath.Join(dir, name)); err != nil {
			return errors.Join(err, os.Remove(draft))
		}
	}
	return nil
}

// explain says what to do about a folder that cannot be written.
func explain(err error, dir string, o Options) error {
	hint := "check the folders above it"
	switch {
	case errors.Is(err, fs.ErrPermission) && (o.SysPrefix || o.Prefix != ""):
		hint = "you may not write there; `golgi install --user` needs no rights"
	case errors.Is(err, fs.ErrPermission):
		hint = "you may not write there; `golgi install --sys-prefix` puts it into the active Python environment"
	}
	return fmt.Errorf("cannot write the kernelspec %s: %w; %s", dir, err, hint)
}
