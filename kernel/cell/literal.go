package cell

import (
	"fmt"
	"go/ast"
	"go/constant"
	"reflect"

	"github.com/golgi-sim/golgi/units"
)

// literalOps are the operators that make a quantity of a constant and a unit: 10*mV, 1/ms.
var literalOps = map[string]func(a, b units.Quantity) units.Quantity{
	"k_mulFQ": units.Quantity.Mul, "k_mulQF": units.Quantity.Mul, "k_divFQ": units.Quantity.Div, "k_divQF": units.Quantity.Div,
}

// quantityLiteral prints a constant with a unit as one value, computed here once instead of in each round of a loop.
func (e *emitter) quantityLiteral(x *ast.CallExpr, name string) (string, bool) {
	op, ok := literalOps[name]
	if !ok {
		return "", false
	}
	a, okA := e.constantQuantity(x.Args[1])
	b, okB := e.constantQuantity(x.Args[2])
	if !okA || !okB {
		return "", false
	}
	q := op(a, b)
	word, known := e.s.literals[q]
	if !known {
		word = fmt.Sprintf("Q_%d", len(e.s.literals)+1)
		e.s.literals[q] = word
	}
	e.unit.literals = append(e.unit.literals, q)
	return wordsName + "." + word, true
}

// constantQuantity is the value of a constant or of a unit.
func (e *emitter) constantQuantity(x ast.Expr) (units.Quantity, bool) {
	x = ast.Unparen(x)
	if tv := e.c.info.Types[x]; tv.Value != nil {
		f, _ := constant.Float64Val(constant.ToFloat(tv.Value))
		return units.Scalar(f), true
	}
	if id, ok := x.(*ast.Ident); ok {
		if o := e.c.object(id); o != nil && o.Pkg() == e.s.words && e.s.vocab[id.Name] == (reflect.Value{}) {
			return units.Lookup(id.Name)
		}
	}
	return units.Quantity{}, false
}
