package cell

import (
	"go/ast"
	"go/token"
	"go/types"
)

// A class is what a type is to the operators.
type class uint8

const (
	other class = iota
	number
	boolean
	quantityClass
	arrayClass
	listClass // a slice of numbers, quantities or such slices
	modelClass
)

func (d *desugarer) class(x ast.Expr) class { return d.classOf(d.typ(x)) }

func (d *desugarer) classOf(t types.Type) class {
	if t == nil {
		return other
	}
	t = types.Unalias(t)
	switch {
	case d.quantity != nil && types.Identical(t, d.quantity):
		return quantityClass
	case d.array != nil && types.Identical(t, d.array):
		return arrayClass
	case d.s.hasVariables(t):
		return modelClass
	}
	if n, ok := t.(*types.Named); ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() != cellPath {
		return other // time.Duration and its like keep to themselves
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch {
		case u.Info()&(types.IsInteger|types.IsFloat) != 0:
			return number
		case u.Info()&types.IsBoolean != 0:
			return boolean
		}
	case *types.Slice:
		if c := d.classOf(u.Elem()); c == number || c == quantityClass || c == listClass || c == boolean || c == arrayClass {
			return listClass
		}
	}
	return other
}

// physical reports whether a class brings quantities or arrays into an expression.
func physical(c class) bool { return c == quantityClass || c == arrayClass || c == modelClass }

// coerce makes an expression fit a place of type t, where one of the two is a quantity or an array.
func (d *desugarer) coerce(x ast.Expr, t types.Type) ast.Expr {
	if x == nil || t == nil {
		return x
	}
	have := d.class(x)
	from := d.typ(x)
	if from == nil || types.Identical(from, t) {
		return x
	}
	want := d.classOf(t)
	switch {
	case want == quantityClass && have == number:
		return d.native("k_scalar", x.Pos(), d.quantity, d.float(x))
	case want == quantityClass && have == arrayClass:
		return d.native("k_quantity", x.Pos(), d.quantity, x)
	case want == arrayClass && (have == quantityClass || have == number || have == listClass || have == boolean):
		return d.native("k_array", x.Pos(), d.array, x)
	case want == number && (have == quantityClass || have == arrayClass):
		return d.plainNumber(x, t)
	case want == boolean && have == arrayClass:
		return d.native("k_bool", x.Pos(), types.Typ[types.Bool], x)
	case want == listClass && have == arrayClass:
		return d.list(x, t)
	}
	return x
}

// plainNumber makes a plain number of type t of a quantity or array.
func (d *desugarer) plainNumber(x ast.Expr, t types.Type) ast.Expr {
	b := t.Underlying().(*types.Basic)
	name, kind := "k_num", types.Typ[types.Float64]
	if b.Info()&types.IsInteger != 0 {
		name, kind = "k_int", types.Typ[types.Int]
	}
	y := d.native(name, x.Pos(), kind, x)
	if types.Identical(t, kind) || b.Info()&types.IsUntyped != 0 {
		return y
	}
	return d.made(&ast.CallExpr{Fun: d.typeExpr(t, x.Pos()), Lparen: x.Pos(), Args: []ast.Expr{y}, Rparen: x.End()}, t)
}

// typeExpr names a type in a tree. Basic types have their names; others cannot be reached here.
func (d *desugarer) typeExpr(t types.Type, pos token.Pos) ast.Expr {
	if n, ok := t.(*types.Named); ok {
		return &ast.Ident{NamePos: pos, Name: n.Obj().Name()}
	}
	return &ast.Ident{NamePos: pos, Name: t.(*types.Basic).Name()}
}

// list makes a slice of an array.
func (d *desugarer) list(x ast.Expr, t types.Type) ast.Expr {
	s, ok := types.Unalias(t).(*types.Slice)
	if !ok {
		return x
	}
	names := map[string]string{"float64": "k_floats", "int": "k_ints", "bool": "k_bools"}
	name := names[s.Elem().String()]
	if d.classOf(s.Elem()) == quantityClass {
		name = "k_quantities"
	}
	if name == "" {
		return x
	}
	return d.native(name, x.Pos(), t, x)
}

// float makes every division inside a plain number true and the number a float64.
func (d *desugarer) float(x ast.Expr) ast.Expr {
	switch n := x.(type) {
	case *ast.ParenExpr:
		y := *n
		y.X = d.float(n.X)
		return &y
	case *ast.BinaryExpr:
		if n.Op == token.ADD || n.Op == token.SUB || n.Op == token.MUL || n.Op == token.QUO {
			y := *n
			y.X, y.Y = d.float(n.X), d.float(n.Y)
			return &y
		}
	case *ast.UnaryExpr:
		if n.Op == token.SUB || n.Op == token.ADD {
			y := *n
			y.X = d.float(n.X)
			return &y
		}
	}
	if b, ok := types.Unalias(d.typ(x)).(*types.Basic); ok && b.Kind() == types.Float64 {
		return x
	}
	return &ast.CallExpr{Fun: &ast.Ident{NamePos: x.Pos(), Name: "float64"}, Lparen: x.Pos(), Args: []ast.Expr{x}, Rparen: x.End()}
}
