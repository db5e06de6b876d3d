package kernel

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func writeFile(t *testing.T, text string, mode os.FileMode) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "kernel-1.json")
	if err := os.WriteFile(file, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(file, mode); err != nil {
		t.Fatal(err)
	}
	return file
}

const goodConnection = `{"transport":"tcp","ip":"127.0.0.1","shell_port":1,"control_port":2,"iopub_port":3,"stdin_port":4,"hb_port":5,
	"signature_scheme":"hmac-sha256","key":"k","kernel_name":"golgi","jupyter_session":"a.ipynb"}`

func TestBadConnectionFilesSayWhatToDo(t *testing.T) {
	folder := t.TempDir()
	tests := map[string]struct{ file, want string }{
		"missing":      {filepath.Join(folder, "none.json"), "found no such file; Jupyter writes this file"},
		"a folder":     {folder, "directory; Jupyter writes this file"},
		"empty":        {writeFile(t, "", 0o600), "expected the JSON of a Jupyter connection"},
		"no JSON":      {writeFile(t, "hello", 0o600), "expected the JSON of a Jupyter connection"},
		"a list":       {writeFile(t, "[]", 0o600), "expected the JSON of a Jupyter connection"},
		"no ports":     {writeFile(t, "{}", 0o600), "found shell_port 0, expected a number from 1 to 65535"},
		"large port":   {writeFile(t, strings.Replace(goodConnection, `"hb_port":5`, `"hb_port":70000`, 1), 0o600), "found hb_port 70000"},
		"transport":    {writeFile(t, strings.Replace(goodConnection, `"tcp"`, `"udp"`, 1), 0o600), `found the transport "udp", expected tcp or ipc`},
		"scheme":       {writeFile(t, strings.Replace(goodConnection, "sha256", "md5", 1), 0o600), `found the signature scheme "hmac-md5"`},
		"registration": {writeFile(t, `{"registration_port":5}`, 0o600), "registration file of the handshake pattern"},
	}
	for name, test := range tests {
		err := Serve(context.Background(), test.file, newStandIn(), Info{})
		if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), test.file) {
			t.Errorf("%s: error %v, expected %q", name, err, test.want)
		}
		if err != nil && strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: the error has several lines", name)
		}
	}
}

func TestUnreadableConnectionFileSaysSo(t *testing.T) {
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		t.Skip("this user may read every file")
	}
	err := Serve(context.Background(), writeFile(t, goodConnection, 0), newStandIn(), Info{})
	if err == nil || !strings.Contains(err.Error(), "may not read it") {
		t.Errorf("error %v", err)
	}
}

func TestPortInUseNamesThePortAndClosesTheOthers(t *testing.T) {
	var opened []*memory
	listen := func(pattern, network, address string) (Socket, error) {
		if address == "127.0.0.1:3" {
			return nil, errors.New("address already in use")
		}
		opened = append(opened, newMemory())
		return opened[len(opened)-1], nil
	}
	err := Serve(context.Background(), writeFile(t, goodConnection, 0o600), newStandIn(), Info{Listen: listen})
	if err == nil || !strings.Contains(err.Error(), "iopub_port") || !strings.Contains(err.Error(), "address already in use") {
		t.Errorf("error %v", err)
	}
	for _, socket := range opened {
		select {
		case <-socket.closed:
		default:
			t.Error("a socket was left open")
		}
	}
	if len(opened) != 2 {
		t.Errorf("%d sockets were opened, expected 2", len(opened))
	}
}

func TestAddressesOfTransports(t *testing.T) {
	tests := []struct {
		c    connection
		want string
	}{
		{connection{Transport: "tcp", IP: "127.0.0.1"}, "127.0.0.1:77"},
		{connection{Transport: "tcp", IP: "::1"}, "[::1]:77"},
		{connection{Transport: "tcp", IP: "*"}, ":77"},
		{connection{Transport: "ipc", IP: "/run/kernel-ipc"}, "/run/kernel-ipc-77"},
	}
	for _, test := range tests {
		if got := test.c.address(77); got != test.want {
			t.Errorf("%+v has the address %q, expected %q", test.c, got, test.want)
		}
	}
}

func TestConnectionFileReadableByOthersGetsAWarning(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("permissions are not bits there")
	}
	open := writeFile(t, goodConnection, 0o644)
	folder := filepath.Dir(open)
	os.Chmod(folder, 0o755)
	if w := readableByOthers(open); !strings.Contains(w, "chmod 600 "+open) {
		t.Errorf("warning %q", w)
	}
	os.Chmod(folder, 0o700)
	if w := readableByOthers(open); w != "" {
		t.Errorf("a file in a closed folder gets the warning %q", w)
	}
	os.Chmod(folder, 0o755)
	os.Chmod(open, 0o600)
	if w := readableByOthers(open); w != "" {
		t.Errorf("a private file gets the warning %q", w)
	}
	os.Chmod(open, 0o644)
	t.Setenv("JUPYTER_ALLOW_INSECURE_WRITES", "true")
	if w := readableByOthers(open); w != "" {
		t.Errorf("where it cannot be helped there is the warning %q", w)
	}
}
