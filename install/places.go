package install

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// parent gives the folder in which Jupyter looks for kernels/NAME.
func (o Options) parent() (string, error) {
	switch {
	case o.User && o.Prefix != "", o.User && o.SysPrefix, o.Prefix != "" && o.SysPrefix:
		return "", errors.New("found more than one of --user, --prefix and --sys-prefix, expected at most one")
	case o.Prefix != "":
		return under(o.Prefix)
	case o.SysPrefix:
		prefix, err := pythonPrefix()
		if err != nil {
			return "", err
		}
		return under(prefix)
	}
	return userFolder(runtime.GOOS)
}

// under gives Jupyter's folder of a prefix.
func under(prefix string) (string, error) {
	path, err := filepath.Abs(prefix)
	return filepath.Join(path, "share", "jupyter"), err
}

// pythonPrefix asks the Python that comes first in PATH, else the variables of an active environment.
func pythonPrefix() (string, error) {
	for _, python := range []string{"python3", "python"} {
		answer, err := exec.Command(python, "-c", "import sys; print(sys.prefix)").Output()
		if prefix := strings.TrimSpace(string(answer)); err == nil && prefix != "" {
			return prefix, nil
		}
	}
	for _, variable := range []string{"VIRTUAL_ENV", "CONDA_PREFIX"} {
		if prefix := os.Getenv(variable); prefix != "" {
			return prefix, nil
		}
	}
	return "", fmt.Errorf("--sys-prefix: found neither python3 nor an active environment; activate one, or use --user or --prefix DIR")
}

// userFolder gives the folder of this user on a system, as jupyter_core's jupyter_data_dir does.
func userFolder(system string) (string, error) {
	if dir := os.Getenv("JUPYTER_DATA_DIR"); dir != "" {
		return dir, nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("--user: %w; set HOME, or use --prefix DIR", err)
	}
	switch system {
	case "darwin":
		return filepath.Join(home, "Library", "Jupyter"), nil
	case "windows":
		if roaming := os.Getenv("APPDATA"); roaming != "" {
			return filepath.Join(roaming, "jupyter"), nil
		}
		return filepath.Join(home, ".jupyter", "data"), nil
	}
	if data := os.Getenv("XDG_DATA_HOME"); data != "" {
		return filepath.Join(data, "jupyter"), nil
	}
	return filepath.Join(home, ".local", "share", "jupyter"), nil
}
