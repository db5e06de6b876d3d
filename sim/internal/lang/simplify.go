package lang

import "math"

// Simplify gives a shorter tree with the same value: numbers are folded, and what adds 0, multiplies by 1 or turns a
// sign twice goes away. It never changes the order of floating-point operations, so where no operand is infinite or not
// a number the value keeps its bits, but for the sign of a zero. Meant for coefficients that were derived, not for what
// a user wrote.
func Simplify(e *Expr) *Expr {
	return Subst(e, func(n *Expr) *Expr {
		r := simplifyNode(n)
		if r == nil || r == n {
			return nil
		}
		return r
	})
}

// simplifyNode applies the first rule that fits a node with simplified arguments; nil when none does. A rule must not
// change the type.
func simplifyNode(n *Expr) *Expr {
	var r *Expr
	switch {
	case len(n.Args) == 1 && n.Op != Call:
		r = simplifyPrefix(n)
	case len(n.Args) == 2 && n.Op != Call:
		if r = foldNumbers(n); r == nil {
			r = simplifyBinary(n)
		}
	case n.Op == Call && n.Text == "where" && n.Args[0].Op == Bool:
		r = n.Args[2-int(n.Args[0].Value)]
	}
	if r != nil && r.Type != n.Type && r.Op == Num && n.Type == Float {
		c := *r
		c.Type = Float
		r = &c
	}
	if r != nil && r.Type != n.Type {
		return nil
	}
	return r
}

func simplifyPrefix(n *Expr) *Expr {
	a := n.Args[0]
	switch {
	case n.Op == Plus:
		return a
	case a.Op == Num && n.Op == Neg:
		return numberLike(n, -a.Value)
	case a.Op == n.Op && (n.Op == Neg || n.Op == Not):
		return a.Args[0]
	case n.Op == Not && a.Op == Bool:
		return Truth(a.Value == 0)
	}
	return nil
}

// numberLike gives the number x with type and dimension of n.
func numberLike(n *Expr, x float64) *Expr {
	return &Expr{Op: Num, Value: x, Type: n.Type, Dim: n.Dim}
}

func foldNumbers(n *Expr) *Expr {
	a, b := n.Args[0], n.Args[1]
	if a.Op != Num || b.Op != Num || n.Op > Pow {
		return nil
	}
	x := fold(n.Op, a.Value, b.Value)
	if math.IsNaN(x) || math.IsInf(x, 0) || n.Type == Integer && (x != math.Trunc(x) || math.Abs(x) >= 1<<53) {
		return nil
	}
	return numberLike(n, x)
}

func isNumber(e *Expr, x float64) bool { return e.Op == Num && e.Value == x }

func simplifyBinary(n *Expr) *Expr {
	a, b := n.Args[0], n.Args[1]
	switch n.Op {
	case Add, Sub:
		return simplifySum(n, a, b)
	case Mul:
		return simplifyProduct(n, a, b)
	case Div:
		return simplifyQuotient(n, a, b)
	case Pow:
		if isNumber(b, 1) {
			return a
		}
		if isNumber(b, 0) {
			return numberLike(n, 1)
		}
	case And, Or:
		return simplifyLogic(n, a, b)
	}
	return nil
}

func simplifySum(n, a, b *Expr) *Expr {
	switch {
	case isNumber(b, 0):
		return a
	case isNumber(a, 0) && n.Op == Add:
		return b
	case isNumber(a, 0):
		return simplified(Unary(Neg, b))
	case b.Op == Neg && n.Op == Add:
		return Difference(a, b.Args[0])
	case b.Op == Neg:
		return Sum(a, b.Args[0])
	case b.Op == Num && b.Value < 0 && n.Op == Add:
		return Difference(a, numberLike(b, -b.Value))
	case b.Op == Num && b.Value < 0:
		return Sum(a, numberLike(b, -b.Value))
	}
	return nil
}

// simplified gives n after one more look at its root.
func simplified(n *Expr) *Expr {
	if r := simplifyNode(n); r != nil {
		return r
	}
	return n
}

func simplifyProduct(n, a, b *Expr) *Expr {
	switch {
	case isNumber(a, 0) || isNumber(b, 0):
		return numberLike(n, 0)
	case isNumber(a, 1) && a.Dim.IsOne():
		return b
	case isNumber(b, 1) && b.Dim.IsOne():
		return a
	case isNumber(a, -1) && a.Dim.IsOne():
		return simplified(Unary(Neg, b))
	case isNumber(b, -1) && b.Dim.IsOne():
		return simplified(Unary(Neg, a))
	case a.Op == Neg && b.Op == Neg:
		return simplified(Product(a.Args[0], b.Args[0]))
	case a.Op == Neg:
		return Unary(Neg, simplified(Product(a.Args[0], b)))
	case b.Op == Neg:
		return Unary(Neg, simplified(Product(a, b.Args[0])))
	}
	return nil
}

func simplifyQuotient(n, a, b *Expr) *Expr {
	switch {
	case isNumber(a, 0) && !isNumber(b, 0):
		return numberLike(n, 0)
	case isNumber(b, 1) && b.Dim.IsOne():
		return a
	case a.Op == Neg && b.Op == Neg:
		return simplified(Quotient(a.Args[0], b.Args[0]))
	case a.Op == Neg:
		return Unary(Neg, simplified(Quotient(a.Args[0], b)))
	case b.Op == Neg:
		return Unary(Neg, simplified(Quotient(a, b.Args[0])))
	}
	return nil
}

func simplifyLogic(n, a, b *Expr) *Expr {
	neutral := 1.0
	if n.Op == Or {
		neutral = 0
	}
	for k, e := range []*Expr{a, b} {
		if e.Op == Bool && e.Value == neutral {
			return n.Args[1-k]
		}
		if e.Op == Bool {
			return e
		}
	}
	return nil
}
