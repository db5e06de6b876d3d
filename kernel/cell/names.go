package cell

import (
	"go/token"
	"go/types"
	"reflect"
	"strings"

	"github.com/golgi-sim/golgi/units"
)

// lookup finds what a name means outside of all functions: what cells declared, then imports, the vocabulary, the names
// of the packages that need no import, units, and packages. It is nil for a name that means nothing.
func (s *session) lookup(name string) types.Object {
	if e := s.entries[name]; e != nil {
		return e.object
	}
	if p := s.packages[name]; p != nil {
		return p
	}
	if o, ok := s.given[name]; ok {
		return o
	}
	o := s.find(name)
	s.given[name] = o
	return o
}

func (s *session) find(name string) types.Object {
	if v, ok := s.natives[name]; ok {
		return s.native(name, v)
	}
	if strings.HasPrefix(name, "k_") {
		return s.generic(name)
	}
	if v, ok := s.vocab[name]; ok {
		return s.withNames(s.native(name, v))
	}
	if token.IsExported(name) {
		for _, pkg := range s.foreignPackages {
			for t, n := range s.foreigners {
				if t.PkgPath() == pkg.Path() && t.Name() == name {
					return n.Obj()
				}
			}
		}
		for _, path := range s.openers {
			if o := s.member(path, name); o != nil {
				return o
			}
		}
	}
	if _, ok := units.Lookup(name); ok {
		return types.NewVar(token.NoPos, s.words, name, s.quantity())
	}
	if path, ok := s.known[name]; ok {
		return s.pkgName(name, path)
	}
	return nil
}

// native makes an object of a value of compiled code: functions as such, all else as variables behind pointers.
func (s *session) native(name string, v reflect.Value) types.Object {
	s.reflecting.Lock()
	defer s.reflecting.Unlock()
	if v.Kind() == reflect.Func {
		return types.NewFunc(token.NoPos, s.words, name, s.typeOf(v.Type()).(*types.Signature))
	}
	return types.NewVar(token.NoPos, s.words, name, s.typeOf(v.Type().Elem()))
}

// withNames gives a word of the session the parameter names of the method it comes from, which reflection forgets.
func (s *session) withNames(o types.Object) types.Object {
	t := s.named(sessionPath, "Session")
	f, isFunc := o.(*types.Func)
	if t == nil || !isFunc {
		return o
	}
	found, _, _ := types.LookupFieldOrMethod(types.NewPointer(t), true, nil, o.Name())
	m, ok := found.(*types.Func)
	if !ok || !types.Identical(types.NewSignatureType(nil, nil, nil, m.Signature().Params(), m.Signature().Results(), m.Signature().Variadic()), f.Signature()) {
		return o
	}
	return types.NewFunc(token.NoPos, s.words, o.Name(), types.NewSignatureType(nil, nil, nil, m.Signature().Params(), m.Signature().Results(), m.Signature().Variadic()))
}

func (s *session) member(path, name string) types.Object {
	pkg, err := s.importer.Import(path)
	if err != nil {
		return nil
	}
	if o := pkg.Scope().Lookup(name); o != nil && o.Exported() {
		return o
	}
	return nil
}

func (s *session) pkgName(name, path string) types.Object {
	pkg, err := s.importer.Import(path)
	if err != nil {
		return nil
	}
	return types.NewPkgName(token.NoPos, types.NewPackage(cellPath, "cell"), name, pkg)
}

// named gives a compiled type by package and name; nil where there is none.
func (s *session) named(path, name string) types.Type {
	if o := s.member(path, name); o != nil {
		return o.Type()
	}
	return nil
}

func (s *session) quantity() types.Type { return s.named(unitsPath, "Quantity") }
func (s *session) array() types.Type    { return s.named(unitsPath, "Array") }

// typeOf gives the go/types form of a compiled type.
func (s *session) typeOf(t reflect.Type) types.Type {
	if t.PkgPath() != "" {
		if n := s.named(t.PkgPath(), t.Name()); n != nil {
			return n
		}
		return s.foreign(t)
	}
	if t.Name() == "error" {
		return types.Universe.Lookup("error").Type()
	}
	return s.plainType(t)
}

// plainType gives the form of a type by what it is made of.
func (s *session) plainType(t reflect.Type) types.Type {
	switch t.Kind() {
	case reflect.Pointer:
		return types.NewPointer(s.typeOf(t.Elem()))
	case reflect.Slice:
		return types.NewSlice(s.typeOf(t.Elem()))
	case reflect.Array:
		return types.NewArray(s.typeOf(t.Elem()), int64(t.Len()))
	case reflect.Map:
		return types.NewMap(s.typeOf(t.Key()), s.typeOf(t.Elem()))
	case reflect.Chan:
		return types.NewChan(types.SendRecv, s.typeOf(t.Elem()))
	case reflect.Func:
		return s.signatureOf(t)
	case reflect.Interface:
		return types.NewInterfaceType(nil, nil)
	case reflect.Struct:
		return types.NewStruct(nil, nil)
	}
	if o := types.Universe.Lookup(t.Kind().String()); o != nil {
		return o.Type()
	}
	return types.Typ[types.UnsafePointer]
}

func (s *session) signatureOf(t reflect.Type) *types.Signature { return s.signatureFrom(t, 0) }

// signatureFrom leaves out the first parameters.
func (s *session) signatureFrom(t reflect.Type, first int) *types.Signature {
	tuple := func(first, n int, at func(int) reflect.Type) *types.Tuple {
		var vars []*types.Var
		for i := first; i < n; i++ {
			vars = append(vars, types.NewParam(token.NoPos, s.words, "", s.typeOf(at(i))))
		}
		return types.NewTuple(vars...)
	}
	return types.NewSignatureType(nil, nil, nil, tuple(first, t.NumIn(), t.In), tuple(0, t.NumOut(), t.Out), t.IsVariadic())
}

// importAs makes a package visible under a name, as an import declaration asks.
func (s *session) importAs(name, path string) error {
	pkg, err := s.importer.Import(path)
	if err != nil {
		return err
	}
	if name == "" {
		name = pkg.Name()
	}
	s.packages[name] = types.NewPkgName(token.NoPos, types.NewPackage(cellPath, "cell"), name, pkg)
	delete(s.entries, name)
	return nil
}
