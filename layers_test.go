package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/golgi-sim/golgi"

// plan is the floor plan of the house: each package and what it may import, of ours and of the libraries that have
// one room of their own. A rule that turns out wrong is changed here together with its reason in RATIONALE.md.
const plan = `
units:
sim/morph:             units
sim/internal/lang:     units
sim/internal/method:   sim/internal/lang
sim/internal/ir:
sim/internal/ir/irtest: sim/internal/ir
sim/internal/vm:       sim/internal/ir
sim/internal/native:   sim/internal/ir sim/internal/native/arm64 sim/internal/native/registers
sim/internal/native/arm64: sim/internal/ir sim/internal/native/registers
sim/internal/native/registers: sim/internal/ir
sim/internal/engine:   sim/internal/ir
sim/internal/lower:    sim/internal/lang sim/internal/method sim/internal/ir
sim:                   units sim/morph sim/internal/lang sim/internal/method sim/internal/ir sim/internal/vm sim/internal/native sim/internal/lower sim/internal/engine
plotting:              units gonum.org/v1/plot
kernel/wire:
kernel/zmq:            github.com/go-zeromq/zmq4
kernel/widget:
kernel:                kernel/wire kernel/widget
kernel/session:        units sim plotting kernel/widget
kernel/cell:           kernel units kernel/session kernel/cell/symbols github.com/traefik/yaegi
kernel/cell/symbols:   units sim sim/morph plotting kernel/session github.com/traefik/yaegi
notebooks:             kernel
install:
.:                     *
`

// guarded are the libraries that only the rooms named in the plan may import.
var guarded = []string{"gonum.org/v1/", "github.com/go-zeromq/zmq4", "github.com/traefik/yaegi"}

// exact are the rooms whose numbers must be the same on every processor: of math they may name only what is exact.
var exact = []string{"sim", "sim/internal/engine", "sim/internal/lower", "sim/internal/method"}

func TestPackagesImportOnlyWhatThePlanAllows(t *testing.T) {
	allowed := parsePlan(t)
	for dir, imports := range importsOfTree(t) {
		may, known := allowed[dir]
		if !known {
			t.Errorf("package %s is not in the plan", dir)
			continue
		}
		for _, imported := range imports {
			if !mayImport(may, imported) {
				t.Errorf("%s imports %s, which the plan does not allow", dir, imported)
			}
		}
	}
}

func TestRoomsOfExactNumbersKeepAwayFromMath(t *testing.T) {
	exactNames := []string{"Sqrt", "FMA", "Floor", "Float64bits", "Float64frombits", "Inf", "NaN", "IsNaN", "IsInf", "Abs", "MaxInt", "MaxInt32", "MaxInt64", "MinInt64", "MaxUint32", "MaxFloat64", "Pi", "E", "Ldexp", "Frexp", "Trunc", "Ceil"}
	for _, dir := range exact {
		files, _ := filepath.Glob(filepath.Join(dir, "*.go"))
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, word := range strings.Split(string(source), "math.")[1:] {
				name := word[:strings.IndexFunc(word+" ", func(r rune) bool {
					return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", r)
				})]
				if name != "" && !slices.Contains(exactNames, name) {
					t.Errorf("%s uses math.%s, whose last bits differ between processors", file, name)
				}
			}
		}
	}
}

func parsePlan(t *testing.T) map[string][]string {
	rules := map[string][]string{}
	for line := range strings.Lines(strings.TrimSpace(plan)) {
		dir, may, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			t.Fatalf("plan line without a colon: %q", line)
		}
		rules[dir] = strings.Fields(may)
	}
	return rules
}

func mayImport(may []string, imported string) bool {
	return slices.ContainsFunc(may, func(rule string) bool {
		return rule == "*" || rule == imported || strings.Contains(rule, ".") && strings.HasPrefix(imported, rule)
	})
}

// importsOfTree gives, for each package folder, the imports of its non-test files that the plan speaks about: ours,
// as folders, and the guarded libraries, as paths.
func importsOfTree(t *testing.T) map[string][]string {
	found := map[string][]string{}
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (strings.HasPrefix(entry.Name(), ".") && path != "." || entry.Name() == "testdata") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		source, err := os.ReadFile(path)
		if err != nil || strings.HasPrefix(string(source), "//go:build ignore") {
			return err // generators stand beside what they generate and belong to no package
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, source, parser.ImportsOnly)
		if err != nil {
			return err
		}
		dir := filepath.ToSlash(filepath.Dir(path))
		found[dir] = append(found[dir], plannedImports(file)...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func plannedImports(file *ast.File) []string {
	var planned []string
	for _, spec := range file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		isGuarded := slices.ContainsFunc(guarded, func(prefix string) bool { return strings.HasPrefix(path, prefix) })
		if dir, ours := strings.CutPrefix(path, module+"/"); ours {
			planned = append(planned, dir)
		} else if isGuarded {
			planned = append(planned, path)
		}
	}
	return planned
}
