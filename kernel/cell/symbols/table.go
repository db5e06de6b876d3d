package symbols

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"go/token"
	"go/types"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/gcexportdata"
)

// A Table is one package as the interpreter wants it.
type Table struct {
	Values   map[string]reflect.Value           // by exported name; types as nil pointers to them
	Wrappers map[reflect.Type]func(box Box) any // interface of the package -> a box that implements it
}

//go:embed ztypes.bin
var typesData []byte

//go:embed zdocs.bin
var docsData []byte

//go:embed list.txt
var listText string

// List gives the packages a cell may use: import path -> the name that needs no import, "" where there is none.
func List() map[string]string {
	list := map[string]string{}
	for line := range strings.Lines(listText) {
		fields := strings.Fields(line)
		if len(fields) != 2 || fields[0] == "#" {
			continue
		}
		if !Has(fields[0]) {
			continue // not built yet
		}
		list[fields[0]] = strings.TrimPrefix(fields[1], "-")
	}
	return list
}

// Has reports whether there is a table for the package.
func Has(path string) bool { _, ok := tables[path]; return ok }

// Paths lists the packages, sorted.
func Paths() []string { return slices.Sorted(maps.Keys(tables)) }

// Lookup builds the table of a package; false when there is none.
func Lookup(path string) (Table, bool) {
	build, ok := tables[path]
	if !ok {
		return Table{}, false
	}
	return build(), true
}

// An Importer reads type information, each package when it is first asked for.
type Importer struct {
	mu     sync.Mutex
	fset   *token.FileSet
	known  map[string]*types.Package
	whole  map[string]bool
	chunks map[string][]byte
}

// NewImporter prepares an importer; positions of declarations go to fset.
func NewImporter(fset *token.FileSet) *Importer {
	return &Importer{fset: fset, known: map[string]*types.Package{"unsafe": types.Unsafe}, whole: map[string]bool{"unsafe": true}, chunks: split(typesData)}
}

// Import implements types.Importer. One package costs 0.2 to 2.5 ms, once.
func (im *Importer) Import(path string) (*types.Package, error) {
	im.mu.Lock()
	defer im.mu.Unlock()
	if im.whole[path] {
		return im.known[path], nil
	}
	chunk, ok := im.chunks[path]
	if !ok {
		return nil, fmt.Errorf("no package %q", path)
	}
	plain, err := unzip(chunk)
	if err != nil {
		return nil, err
	}
	pkg, err := gcexportdata.Read(bytes.NewReader(plain), im.fset, im.known, path)
	if err != nil {
		return nil, fmt.Errorf("type information of %q: %w", path, err)
	}
	im.whole[path] = true
	return pkg, nil
}

// Doc gives the documentation of a package (name ""), or of a name in it ("Println", "Duration.Seconds"). It costs the
// unpacking of the package's whole text, about a millisecond.
func Doc(path, name string) string {
	docs := map[string]string{}
	if plain, err := unzip(split(docsData)[path]); err == nil {
		_ = json.Unmarshal(plain, &docs)
	}
	return docs[name]
}

// split cuts an archive into its members: length and name, length and bytes, again and again.
func split(data []byte) map[string][]byte {
	members := map[string][]byte{}
	for len(data) > 0 {
		var name, member []byte
		name, data = cut(data)
		member, data = cut(data)
		members[string(name)] = member
	}
	return members
}

func cut(data []byte) (piece, rest []byte) {
	n := binary.LittleEndian.Uint32(data)
	return data[4 : 4+n], data[4+n:]
}

func unzip(data []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}
