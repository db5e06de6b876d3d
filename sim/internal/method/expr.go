package method

import "github.com/golgi-sim/golgi/sim/internal/lang"

// The trees built here carry symbols but neither types nor dimensions: package lower takes types from the values it
// computes, and dimensions were checked before.

func named(sym *lang.Symbol) *lang.Expr {
	return &lang.Expr{Op: lang.Name, Text: sym.Name, Sym: sym, Type: sym.Type, Dim: sym.Dim}
}

func local(name string) *lang.Expr {
	return named(&lang.Symbol{Name: name, Kind: lang.Local, Type: lang.Float})
}

func number(x float64) *lang.Expr { return &lang.Expr{Op: lang.Num, Value: x, Type: lang.Float} }

func binary(op lang.Op, a, b *lang.Expr) *lang.Expr {
	return &lang.Expr{Op: op, Args: []*lang.Expr{a, b}, Type: lang.Float}
}

func call(name string, args ...*lang.Expr) *lang.Expr {
	return &lang.Expr{Op: lang.Call, Text: name, Args: args, Type: lang.Float, Sym: &lang.Symbol{Name: name, Kind: lang.Function}}
}

func isZero(e *lang.Expr) bool { return e == nil || e.Op == lang.Num && e.Value == 0 }

// sum adds the terms, leaving out zeros.
func sum(terms ...*lang.Expr) *lang.Expr {
	var total *lang.Expr
	for _, term := range terms {
		switch {
		case isZero(term):
		case total == nil:
			total = term
		default:
			total = binary(lang.Add, total, term)
		}
	}
	if total == nil {
		return number(0)
	}
	return total
}
