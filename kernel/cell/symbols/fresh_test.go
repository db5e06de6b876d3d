package symbols

import (
	"bytes"
	"go/token"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"testing"
)

func TestTablesAndTypesAgree(t *testing.T) {
	im := NewImporter(token.NewFileSet())
	for _, path := range Paths() {
		pkg, err := im.Import(path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		table, _ := Lookup(path)
		for name, value := range table.Values {
			object := pkg.Scope().Lookup(name)
			if object == nil {
				t.Errorf("%s.%s has a value and no type", path, name)
				continue
			}
			if f, ok := object.(*types.Func); ok && value.Type().NumIn() != f.Signature().Params().Len() {
				t.Errorf("%s.%s takes %d values, its type says %d", path, name, value.Type().NumIn(), f.Signature().Params().Len())
			}
			if _, ok := object.(*types.TypeName); ok && (value.Kind() != reflect.Pointer || !value.IsNil()) {
				t.Errorf("%s.%s is a type and its value is no nil pointer", path, name)
			}
		}
	}
}

func TestGeneratedFilesAreFresh(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute: run without -short")
	}
	if stamp, err := os.ReadFile("zversion.txt"); err != nil || string(stamp) != runtime.Version()+"\n" {
		t.Skipf("the tables were made with %s, this is %s: run go generate ./kernel/cell/symbols", bytes.TrimSpace(stamp), runtime.Version())
	}
	dir := t.TempDir()
	if out, err := exec.Command("go", "run", "generate.go", "-o", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	files, _ := filepath.Glob("z*")
	for _, name := range files {
		have, _ := os.ReadFile(name)
		if want, err := os.ReadFile(filepath.Join(dir, name)); err != nil || !bytes.Equal(have, want) {
			t.Errorf("%s is out of date: run go generate ./kernel/cell/symbols", name)
		}
	}
}

func TestDocumentationIsThere(t *testing.T) {
	for name, start := range map[string]string{"Println": "Println formats using the default formats", "Stringer": "Stringer is implemented"} {
		if got := Doc("fmt", name); len(got) < len(start) || got[:len(start)] != start {
			t.Errorf("fmt.%s: %q", name, got)
		}
	}
	if got := Doc("nowhere", "X"); got != "" {
		t.Errorf("an unknown package has documentation %q", got)
	}
}
