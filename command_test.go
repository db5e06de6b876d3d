package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestMain is golgi itself where the tests below start it, so that they see its exit status and both its streams.
func TestMain(m *testing.M) {
	if os.Getenv("GOLGI_TEST_AS_PROGRAM") == "1" {
		os.Exit(run(os.Args[1:]))
	}
	os.Exit(m.Run())
}

// golgi runs a command line in folder.
func golgi(t *testing.T, folder string, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return start(t, self, folder, args...)
}

func start(t *testing.T, program, folder string, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	var out, errs bytes.Buffer
	command := exec.Command(program, args...)
	command.Dir, command.Stdout, command.Stderr = folder, &out, &errs
	command.Env = append(os.Environ(), "GOLGI_TEST_AS_PROGRAM=1")
	if err := command.Run(); err != nil && command.ProcessState == nil {
		t.Fatal(err)
	}
	return out.String(), errs.String(), command.ProcessState.ExitCode()
}

// save puts a notebook of the given cells into folder.
func save(t *testing.T, folder, name string, cells ...string) {
	t.Helper()
	text := `{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [` + strings.Join(cells, ",") + `]}`
	if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func code(id, source string) string {
	return `{"cell_type": "code", "id": "` + id + `", "metadata": {}, "execution_count": null, "outputs": [], "source": "` + source + `"}`
}

func TestWrongCommandLinesSayWhatIsExpected(t *testing.T) {
	folder := t.TempDir()
	save(t, folder, "good.ipynb", code("a", "1"))
	if err := os.WriteFile(filepath.Join(folder, "text.ipynb"), []byte("package main"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		line     string
		status   int
		expected string
	}{
		{"", 2, "expected a command"},
		{"rum good.ipynb", 2, "found the command \"rum\", expected one of run, install, kernel, bench, version; did you mean `golgi run`?"},
		{"kernal", 2, "did you mean `golgi kernel`?"},
		{"good.ipynb -o x", 2, "did you mean `golgi run good.ipynb -o x`?"},
		{"frobnicate", 2, "`golgi help` says more"},
		{"run", 2, "run: found 0 arguments, expected 1"},
		{"run good.ipynb good.ipynb", 2, "run: found 2 arguments, expected 1"},
		{"run good.ipynb -output x", 2, "run: flag provided but not defined: -output; usage: golgi run"},
		{"run good.ipynb -o", 2, "flag needs an argument"},
		{"run absent.ipynb", 1, "absent.ipynb: found no such file"},
		{"run text.ipynb", 1, "text.ipynb: found no JSON object, expected a Jupyter notebook"},
		{"run good.ipynb -o absent/out.ipynb", 1, "-o absent/out.ipynb: found no folder"},
		{"run good.ipynb -o .", 1, "-o .: found a folder"},
		{"kernel absent.json", 1, "connection file \"absent.json\": found no such file"},
		{"install --user --prefix x", 1, "expected at most one"},
		{"install x", 2, "install: found 1 arguments, expected 0"},
	} {
		stdout, stderr, status := golgi(t, folder, strings.Fields(c.line)...)
		if status != c.status || !strings.Contains(stderr, c.expected) || stdout != "" {
			t.Errorf("golgi %s: found status %d, stdout %q and stderr %q, expected %d and %q", c.line, status, stdout, stderr, c.status, c.expected)
		}
	}
}

func TestHelpAndVersionGoToStdout(t *testing.T) {
	for line, expected := range map[string]string{
		"help": "golgi run notebook.ipynb", "--help": "golgi install", "run -h": "usage: golgi run notebook.ipynb",
		"version": "golgi " + release, "--version": "golgi " + release,
	} {
		stdout, stderr, status := golgi(t, ".", strings.Fields(line)...)
		if status != 0 || !strings.Contains(stdout, expected) || stderr != "" {
			t.Errorf("golgi %s: found status %d, stdout %q and stderr %q", line, status, stdout, stderr)
		}
	}
}

func TestRunShowsTheNotebookAndWritesIt(t *testing.T) {
	folder := t.TempDir()
	save(t, folder, "n.ipynb", code("a", `fmt.Println(\"hello\")`), code("b", "6*7"))
	for _, option := range []string{"-o", "--o"} {
		stdout, stderr, status := golgi(t, folder, "run", "n.ipynb", option, "out.ipynb")
		if status != 0 || stdout != "hello\nOut[2]: 42\n" || stderr != "" {
			t.Errorf("found status %d, stdout %q and stderr %q", status, stdout, stderr)
		}
		written, err := os.ReadFile(filepath.Join(folder, "out.ipynb"))
		if err != nil || !strings.Contains(string(written), `"hello\n"`) {
			t.Errorf("found %s and the error %v", written, err)
		}
		os.Remove(filepath.Join(folder, "out.ipynb"))
	}
}

func TestAFailingCellEndsTheRunWithStatusOneAndIsWritten(t *testing.T) {
	folder := t.TempDir()
	save(t, folder, "n.ipynb", code("a", `panic(\"boom\")`), code("b", "6*7"))
	stdout, stderr, status := golgi(t, folder, "run", "n.ipynb", "-o", "out.ipynb")
	if status != 1 || !strings.Contains(stdout, "boom") || strings.Contains(stdout, "42") || !strings.Contains(stderr, "n.ipynb: cell 1 (panic(\"boom\")) failed") {
		t.Errorf("found status %d, stdout %q and stderr %q", status, stdout, stderr)
	}
	if written, err := os.ReadFile(filepath.Join(folder, "out.ipynb")); err != nil || !strings.Contains(string(written), `"output_type": "error"`) {
		t.Errorf("found %s and the error %v", written, err)
	}
	stdout, _, status = golgi(t, folder, "run", "-allow-errors", "n.ipynb")
	if status != 1 || !strings.Contains(stdout, "Out[2]: 42") {
		t.Errorf("with -allow-errors: found status %d and stdout %q", status, stdout)
	}
}

func TestFilesOfCellsAreRelativeToTheNotebook(t *testing.T) {
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "sub"), 0o755); err != nil {
		t.Fatal(err)
	}
	save(t, filepath.Join(folder, "sub"), "n.ipynb", code("a", `_, err := os.Stat(\"n.ipynb\"); err == nil`))
	stdout, stderr, status := golgi(t, folder, "run", "sub/n.ipynb", "-o", "out.ipynb")
	if status != 0 || stdout != "Out[1]: true\n" {
		t.Errorf("found status %d, stdout %q and stderr %q", status, stdout, stderr)
	}
	if _, err := os.Stat(filepath.Join(folder, "out.ipynb")); err != nil {
		t.Errorf("-o is relative to where golgi was started: %v", err)
	}
}

// The program of a test vanishes with it, as that of `go run` does, so install is asked for by a copy elsewhere.
func TestInstallWritesWhereItIsTold(t *testing.T) {
	folder := t.TempDir()
	copied := filepath.Join(folder, "golgi.exe")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(self)
	if err == nil {
		err = os.WriteFile(copied, program, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	stdout, stderr, status := start(t, copied, folder, "install", "--prefix", "p", "--name", "other")
	if status != 0 || !strings.Contains(stdout, filepath.Join("p", "share", "jupyter", "kernels", "other")) {
		t.Errorf("found status %d, stdout %q and stderr %q", status, stdout, stderr)
	}
	if _, err := os.Stat(filepath.Join(folder, "p", "share", "jupyter", "kernels", "other", "kernel.json")); err != nil {
		t.Error(err)
	}
}

func TestDistanceCountsLetters(t *testing.T) {
	for _, c := range []struct {
		a, b string
		d    int
	}{{"", "", 0}, {"run", "run", 0}, {"rum", "run", 1}, {"rn", "run", 1}, {"runn", "run", 1}, {"kernal", "kernel", 1}, {"", "run", 3}, {"sitting", "kitten", 3}} {
		if d := distance(c.a, c.b); d != c.d {
			t.Errorf("from %q to %q: found %d, expected %d", c.a, c.b, d, c.d)
		}
	}
}
