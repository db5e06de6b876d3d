package cell

import (
	"go/types"
	"strings"

	"github.com/golgi-sim/golgi/units"
)

// allNames lists every name that a cell may use without a qualifier, for suggestions.
func (s *session) allNames() (names []string) {
	for name := range s.entries {
		names = append(names, name)
	}
	for name := range s.vocab {
		names = append(names, name)
	}
	for name := range s.known {
		names = append(names, name)
	}
	for _, path := range s.openers {
		names = append(names, s.exported(path)...)
	}
	names = append(names, types.Universe.Names()...)
	return append(names, units.Names()...)
}

// variableNames lists the session's variables.
func (s *session) variableNames() (names []string) {
	for name, e := range s.entries {
		if e.kind == variable {
			names = append(names, name)
		}
	}
	return names
}

func (s *session) exported(path string) (names []string) {
	pkg, err := s.importer.Import(path)
	if err != nil {
		return nil
	}
	for _, name := range pkg.Scope().Names() {
		if pkg.Scope().Lookup(name).Exported() {
			names = append(names, name)
		}
	}
	return names
}

// packageNames lists what a package that cells call by name exports.
func (s *session) packageNames(name string) []string {
	if p, ok := s.lookup(name).(*types.PkgName); ok {
		return s.exported(p.Imported().Path())
	}
	return nil
}

// memberNames lists fields and methods of a variable of the session, named as in x.y.z.
func (s *session) memberNames(path string) (names []string) {
	parts := strings.Split(path, ".")
	o := s.lookup(parts[0])
	if o == nil || len(parts) < 2 {
		return nil
	}
	t := o.Type()
	for _, name := range parts[1 : len(parts)-1] {
		next, _, _ := types.LookupFieldOrMethod(t, true, s.cellPkg, name)
		if next == nil {
			return nil
		}
		t = next.Type()
	}
	add := func(o types.Object) { names = append(names, o.Name()) }
	set := types.NewMethodSet(types.NewPointer(t))
	if _, pointer := t.Underlying().(*types.Pointer); pointer || types.IsInterface(t) {
		set = types.NewMethodSet(t)
	}
	for i := range set.Len() {
		add(set.At(i).Obj())
	}
	addFields(t, add, 0)
	return names
}
