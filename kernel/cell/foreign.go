package cell

import (
	"go/token"
	"go/types"
	"reflect"
)

// foreign makes the go/types form of a compiled type that no symbol table has, from what reflection knows of it: its
// name, exported fields and methods.
func (s *session) foreign(t reflect.Type) types.Type {
	if known, ok := s.foreigners[t]; ok {
		return known
	}
	pkg := s.foreignPackages[t.PkgPath()]
	if pkg == nil {
		pkg = types.NewPackage(t.PkgPath(), t.Name())
		s.foreignPackages[t.PkgPath()] = pkg
		s.foreignValues[t.PkgPath()] = map[string]reflect.Value{}
	}
	named := types.NewNamed(types.NewTypeName(token.NoPos, pkg, t.Name(), nil), types.NewStruct(nil, nil), nil)
	s.foreigners[t] = named
	s.foreignValues[t.PkgPath()][t.Name()] = reflect.Zero(reflect.PointerTo(t))
	if t.Kind() != reflect.Interface {
		named.SetUnderlying(s.plainType(t))
		s.foreignMethods(named, t, pkg)
	} else {
		named.SetUnderlying(s.foreignInterface(t, pkg))
	}
	return named
}

func (s *session) foreignMethods(named *types.Named, t reflect.Type, pkg *types.Package) {
	p := reflect.PointerTo(t)
	for i := range p.NumMethod() {
		m := p.Method(i)
		recv := types.NewVar(token.NoPos, pkg, "", types.NewPointer(named))
		if _, value := t.MethodByName(m.Name); value {
			recv = types.NewVar(token.NoPos, pkg, "", named)
		}
		sig := s.signatureFrom(m.Type, 1)
		named.AddMethod(types.NewFunc(token.NoPos, pkg, m.Name, types.NewSignatureType(recv, nil, nil, sig.Params(), sig.Results(), sig.Variadic())))
	}
}

func (s *session) foreignInterface(t reflect.Type, pkg *types.Package) types.Type {
	var methods []*types.Func
	for i := range t.NumMethod() {
		if m := t.Method(i); m.IsExported() {
			methods = append(methods, types.NewFunc(token.NoPos, pkg, m.Name, s.signatureFrom(m.Type, 0)))
		}
	}
	return types.NewInterfaceType(methods, nil).Complete()
}
