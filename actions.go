package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"

	"github.com/golgi-sim/golgi/install"
	"github.com/golgi-sim/golgi/kernel"
	"github.com/golgi-sim/golgi/kernel/cell"
	"github.com/golgi-sim/golgi/kernel/zmq"
	"github.com/golgi-sim/golgi/notebooks"
)

const release = "0.1.0"

// newInterpreter joins the language of cells with the words of a session.
func newInterpreter() (kernel.Interpreter, error) {
	return cell.New(cell.Options{Restricted: os.Getenv("GOLGI_RESTRICTED") == "1"})
}

// runNotebook is golgi run.
func runNotebook(c *command, args []string) error {
	flags := flag.NewFlagSet(c.name, flag.ContinueOnError)
	out := flags.String("o", "", "")
	html := flags.String("html", "", "")
	allow := flags.Bool("allow-errors", false, "")
	rest, done, err := c.parse(flags, args, 1)
	if err != nil || done {
		return err
	}
	nb, err := notebooks.ReadFile(rest[0])
	if err != nil {
		return err
	}
	for _, file := range []struct {
		flag string
		name *string
	}{{"-o", out}, {"-html", html}} {
		if *file.name == "" {
			continue
		}
		if *file.name, err = writable(file.flag, *file.name); err != nil {
			return err
		}
	}
	interp, err := newInterpreter()
	if err != nil {
		return err
	}
	// File names in cells are relative to the notebook, as in Jupyter.
	if err := os.Chdir(filepath.Dir(rest[0])); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends a cell that does not stop
	stdout := os.Stdout          // cells may have another
	r := notebooks.Runner{Interpreter: interp, AllowErrors: *allow, Reader: notebooks.Reader{To: stdout, Color: colorful(stdout)}}
	err = r.Run(ctx, nb)
	if err != nil {
		err = fmt.Errorf("%s: %w", rest[0], err)
	}
	if refused(err) {
		return err
	}
	return errors.Join(err, keep(nb, *out, *html, filepath.Base(rest[0])))
}

// keep writes an executed notebook and its page, where they are asked for.
func keep(nb *notebooks.Notebook, out, html, title string) error {
	if out != "" {
		if err := nb.WriteFile(out); err != nil {
			return err
		}
	}
	if html == "" {
		return nil
	}
	page, err := nb.Page(title)
	if err != nil {
		return err
	}
	return os.WriteFile(html, page, 0o644)
}

// refused reports whether a notebook was not run at all, so that there is nothing to write.
func refused(err error) bool {
	_, ran := errors.AsType[*notebooks.Failure](err)
	return err != nil && !ran
}

// writable gives the absolute path of a file to write, and says before a long run that its folder is missing.
func writable(flag, name string) (string, error) {
	path, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return "", fmt.Errorf("%s %s: found no folder %s", flag, name, filepath.Dir(path))
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return "", fmt.Errorf("%s %s: found a folder, expected the name of a file", flag, name)
	}
	return path, nil
}

// colorful reports whether f is a terminal whose user wants colours.
func colorful(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("NO_COLOR") == ""
}

// serveKernel is golgi kernel. A cell that does not stop does not keep the process: main exits.
func serveKernel(c *command, args []string) error {
	rest, done, err := c.parse(flag.NewFlagSet(c.name, flag.ContinueOnError), args, 1)
	if err != nil || done {
		return err
	}
	interp, err := newInterpreter()
	if err != nil {
		return err
	}
	return kernel.Serve(context.Background(), rest[0], interp, kernel.Info{
		Implementation: "golgi",
		Version:        release,
		Banner:         "golgi " + release + ": neural models in Go cells. %help lists the words, ?name explains one.",
		Listen: func(pattern, network, address string) (kernel.Socket, error) {
			return zmq.Listen(pattern, network, address)
		},
		History: kernel.HistoryFile(),
	})
}

// installKernel is golgi install.
func installKernel(c *command, args []string) error {
	var o install.Options
	flags := flag.NewFlagSet(c.name, flag.ContinueOnError)
	flags.BoolVar(&o.User, "user", false, "")
	flags.StringVar(&o.Prefix, "prefix", "", "")
	flags.BoolVar(&o.SysPrefix, "sys-prefix", false, "")
	flags.StringVar(&o.Name, "name", "", "")
	flags.BoolVar(&o.Restricted, "restricted", false, "")
	if _, done, err := c.parse(flags, args, 0); err != nil || done {
		return err
	}
	dir, err := install.Kernelspec(o)
	if err != nil {
		return err
	}
	fmt.Printf("Jupyter knows golgi now: %s\nOpen Jupyter and choose \"golgi (Go)\".\n", dir)
	return nil
}

// printVersion is golgi version.
func printVersion(*command, []string) error {
	fmt.Printf("golgi %s%s, %s, %s/%s\n", release, revision(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}

// revision gives the commit this program was built from, where Go knows it.
func revision() string {
	info, _ := debug.ReadBuildInfo()
	if info == nil {
		return ""
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" && len(setting.Value) >= 12 {
			return " (" + setting.Value[:12] + ")"
		}
	}
	return ""
}
