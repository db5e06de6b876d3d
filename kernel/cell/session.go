package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"sync"

	"github.com/golgi-sim/golgi/kernel/cell/symbols"
	"github.com/golgi-sim/golgi/units"
)

// cellPath is the package path of everything that cells declare.
const cellPath = "cell"

// A session is what the cells run so far have left: names, types, and the trees of functions.
type session struct {
	fset            *token.FileSet
	sources         []placed
	importer        *symbols.Importer
	entries         map[string]*entry         // by the name a cell uses
	byObject        map[types.Object]*entry   // every object that an entry had, older ones included
	packages        map[string]*types.PkgName // imported by the person or by use
	known           map[string]string         // package name without import -> path
	given           map[string]types.Object   // names that come with the language, made when first used
	words           *types.Package            // package of the natives
	natives         map[string]reflect.Value
	counter         map[string]int // how often a name was used for something new
	vocab           map[string]reflect.Value
	openers         []string          // packages whose exported names are visible without a qualifier
	structs         map[string]string // struct types the interpreter knows, by typeKey
	undo            []func()          // what to take back when the interpreter refuses a cell
	kinds           map[string]int    // types that went into a box, by typeKey
	kindList        []types.Type
	instances       map[string]string // generic functions written out, by name and types
	preludes        map[string]*entry
	inner           map[string]string // packages by path: their names inside the interpreter
	cellPkg         *types.Package
	rollback        func()
	erased          map[*types.Var]bool           // fields of structs that are kept as interfaces
	literals        map[units.Quantity]string     // their names inside the interpreter
	models          map[*types.TypeName]bool      // which types have variables
	reflecting      sync.Mutex                    // held while types are made from reflection, which running cells do too
	foreigners      map[reflect.Type]*types.Named // compiled types without a symbol table
	foreignPackages map[string]*types.Package
	foreignValues   map[string]map[string]reflect.Value
	once            map[string]bool // functions of the interpreter that are written out once
}

type kind uint8

const (
	variable kind = iota
	function
	constantName
	typeName
)

// An entry is one name of the session.
type entry struct {
	name   string
	kind   kind
	object types.Object
	inner  string // its name inside the interpreter
	cell   *source
	decl   *ast.FuncDecl           // of a function
	spec   *ast.TypeSpec           // of a type
	method map[string]*methodEntry // of a type
	uses   map[types.Object]bool   // what its body refers to
	text   string                  // source of the declaration
}

type methodEntry struct {
	decl  *ast.FuncDecl
	cell  *source
	inner string
	uses  map[types.Object]bool
}

func newSession(vocabulary map[string]reflect.Value, natives map[string]reflect.Value) *session {
	s := &session{
		fset: token.NewFileSet(), entries: map[string]*entry{}, byObject: map[types.Object]*entry{},
		packages: map[string]*types.PkgName{}, known: map[string]string{}, given: map[string]types.Object{},
		words: types.NewPackage("golgi/words", "words"), natives: natives, counter: map[string]int{}, vocab: vocabulary,
		structs: map[string]string{}, kinds: map[string]int{}, once: map[string]bool{}, inner: map[string]string{}, cellPkg: types.NewPackage(cellPath, "cell"), instances: map[string]string{}, preludes: map[string]*entry{}, models: map[*types.TypeName]bool{}, literals: map[units.Quantity]string{}, erased: map[*types.Var]bool{}, foreigners: map[reflect.Type]*types.Named{}, foreignPackages: map[string]*types.Package{}, foreignValues: map[string]map[string]reflect.Value{},
	}
	s.importer = symbols.NewImporter(s.fset)
	for path, name := range symbols.List() {
		if name != "" {
			s.known[name] = path
		}
	}
	for _, path := range []string{unitsPath, simPath, plottingPath, sessionPath} {
		if symbols.Has(path) {
			s.openers = append(s.openers, path)
		}
	}
	return s
}

const (
	home         = "github.com/golgi-sim/golgi/"
	unitsPath    = home + "units"
	simPath      = home + "sim"
	plottingPath = home + "plotting"
	sessionPath  = home + "kernel/session"
)

// fresh gives a name for the interpreter that nothing had before.
func (s *session) fresh(name string) string {
	s.counter[name]++
	if n := s.counter[name]; n > 1 {
		return fmt.Sprintf("%sǀ%d", name, n) // a letter that nobody types
	}
	return name
}
