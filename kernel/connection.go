package kernel

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
)

// A connection is what a connection file says. Its ports are numbers of tcp ports, or ends of ipc paths.
type connection struct {
	Transport string `json:"transport"`
	IP        string `json:"ip"`
	Shell     int    `json:"shell_port"`
	Control   int    `json:"control_port"`
	IOPub     int    `json:"iopub_port"`
	Stdin     int    `json:"stdin_port"`
	Heartbeat int    `json:"hb_port"`
	Scheme    string `json:"signature_scheme"`
	Key       string `json:"key"`

	// Registration is set in the file of the handshake pattern, which this kernel does not take part in.
	Registration int `json:"registration_port"`
}

const connectionHint = "Jupyter writes this file when it starts a kernel: run `golgi install --user` once, then choose \"golgi (Go)\" in Jupyter"

// readConnection gives what the file says, or an error that says what to do.
func readConnection(file string) (connection, error) {
	text, err := os.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return connection{}, fmt.Errorf("connection file %q: found no such file; %s", file, connectionHint)
	case errors.Is(err, fs.ErrPermission):
		return connection{}, fmt.Errorf("connection file %q: this user may not read it; start the kernel as the user who owns it", file)
	case err != nil:
		return connection{}, fmt.Errorf("connection file %q: %w; %s", file, err, connectionHint)
	}
	var c connection
	if err := json.Unmarshal(text, &c); err != nil {
		return connection{}, fmt.Errorf("connection file %q: expected the JSON of a Jupyter connection, found: %w; %s", file, err, connectionHint)
	}
	if fault := c.fault(); fault != "" {
		return connection{}, fmt.Errorf("connection file %q: %s; %s", file, fault, connectionHint)
	}
	return c, nil
}

// fault says what is wrong with c, or "". It fills in what a file may leave out.
func (c *connection) fault() string {
	if c.Transport == "" {
		c.Transport = "tcp"
	}
	if c.Registration != 0 {
		return "found a registration file of the handshake pattern, expected the ports of the kernel (leave kernel_protocol_version out of kernel.json)"
	}
	if c.Transport != "tcp" && c.Transport != "ipc" {
		return fmt.Sprintf("found the transport %q, expected tcp or ipc", c.Transport)
	}
	if c.Scheme != "" && c.Scheme != "hmac-sha256" && c.Key != "" {
		return fmt.Sprintf("found the signature scheme %q, expected hmac-sha256", c.Scheme)
	}
	for _, d := range c.doors() {
		if d.port < 1 || d.port > 65535 {
			return fmt.Sprintf("found %s %d, expected a number from 1 to 65535", d.key, d.port)
		}
	}
	return ""
}

// A door is one socket to open.
type door struct {
	key     string // in the connection file
	pattern string
	port    int
}

// doors lists the sockets in the order channels holds them.
func (c *connection) doors() []door {
	return []door{
		{"shell_port", "ROUTER", c.Shell},
		{"control_port", "ROUTER", c.Control},
		{"iopub_port", "XPUB", c.IOPub},
		{"stdin_port", "ROUTER", c.Stdin},
		{"hb_port", "REP", c.Heartbeat},
	}
}

func (c *connection) address(port int) string {
	if c.Transport == "ipc" {
		return c.IP + "-" + strconv.Itoa(port)
	}
	host := c.IP
	if host == "*" {
		host = ""
	}
	return net.JoinHostPort(host, strconv.Itoa(port))
}

// readableByOthers says, in one line, that other users can read the key in file, or "". Whoever has the key can run
// code as this user. JUPYTER_ALLOW_INSECURE_WRITES says that it cannot be helped.
func readableByOthers(file string) string {
	info, err := os.Stat(file)
	if err != nil || runtime.GOOS == "windows" || info.Mode().Perm()&0o044 == 0 || closed(filepath.Dir(file)) {
		return ""
	}
	if allowed := os.Getenv("JUPYTER_ALLOW_INSECURE_WRITES"); allowed == "true" || allowed == "1" {
		return ""
	}
	return fmt.Sprintf("warning: other users of this machine can read the connection file of this kernel and so run code as you. Run: chmod 600 %s\n", file)
}

// closed reports whether nobody but its owner may enter the folder.
func closed(folder string) bool {
	info, err := os.Stat(folder)
	return err == nil && info.Mode().Perm()&0o011 == 0
}
