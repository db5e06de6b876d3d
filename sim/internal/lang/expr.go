package lang

import "github.com/golgi-sim/golgi/units"

// A Type says what an expression gives for one row.
type Type uint8

// The types. Unknown stands in trees that were not checked yet, and in a Want that takes anything.
const (
	Unknown Type = iota
	Float
	Integer
	Boolean
)

var typeNames = [...]string{"unknown", "float", "integer", "boolean"}

// String gives the name of the type as equations spell it ("float" is never written there).
func (t Type) String() string { return typeNames[t] }

// An Op is what a node of an expression does.
type Op uint8

// The operations. Num and Bool are literals, Name and Call have Text, the others have one or two Args.
const (
	Num Op = iota
	Bool
	Name
	Call
	Neg
	Plus
	Not
	Add
	Sub
	Mul
	Div
	FloorDiv
	Mod
	Pow
	Lt
	Le
	Gt
	Ge
	Eq
	Ne
	And
	Or
)

var opText = [...]string{
	Num: "number", Bool: "truth value", Name: "name", Call: "call", Neg: "-", Plus: "+", Not: "not",
	Add: "+", Sub: "-", Mul: "*", Div: "/", FloorDiv: "//", Mod: "%", Pow: "**",
	Lt: "<", Le: "<=", Gt: ">", Ge: ">=", Eq: "==", Ne: "!=", And: "and", Or: "or",
}

// String gives the operator as it is written.
func (op Op) String() string { return opText[op] }

func (op Op) isComparison() bool { return op >= Lt && op <= Ne }

// An Expr is a node of an expression tree. Type, Dim and Sym are filled by the Check functions; Type of a Num is known
// from the start: Integer when it is written without point and exponent.
type Expr struct {
	Op       Op
	Args     []*Expr
	Text     string  // the name of a Name or a Call
	Value    float64 // of a Num, in SI units; of a Bool 1 or 0
	Pos, End int     // bytes in the source, parentheses included
	Type     Type
	Dim      units.Dimension
	Sym      *Symbol

	open bool // the dimension is not known yet: it hangs on the value of a parameter used as an exponent
}

// Walk calls f for e and every node below it, parents first. Where f gives false the node's arguments are left out.
func Walk(e *Expr, f func(*Expr) bool) {
	if !f(e) {
		return
	}
	for _, a := range e.Args {
		Walk(a, f)
	}
}

// Any tells whether f holds for e or any node below it.
func Any(e *Expr, f func(*Expr) bool) bool {
	found := false
	Walk(e, func(n *Expr) bool {
		found = found || f(n)
		return !found
	})
	return found
}

// Uses tells whether the name occurs in e, as a variable.
func Uses(e *Expr, name string) bool {
	return Any(e, func(n *Expr) bool { return n.Op == Name && n.Text == name })
}

// UsesAny tells whether any of the names occurs in e, as a variable.
func UsesAny(e *Expr, names map[string]bool) bool {
	return Any(e, func(n *Expr) bool { return n.Op == Name && names[n.Text] })
}

// IsRandom tells whether e draws random numbers when it is evaluated: it calls rand, randn, poisson or binomial. White
// noise (xi) is no draw of the expression.
func IsRandom(e *Expr) bool {
	return Any(e, func(n *Expr) bool { return n.Op == Call && n.Sym != nil && n.Sym.Random })
}

// IsShared tells whether a checked e has one value for all rows.
func IsShared(e *Expr) bool {
	return !Any(e, func(n *Expr) bool {
		return n.Op == Name && (n.Sym == nil || !n.Sym.Shared)
	})
}

// IsFixed tells whether a checked e keeps its value during a run: no variable that code may change, no time, no
// timed array, nothing random.
func IsFixed(e *Expr) bool {
	return !Any(e, func(n *Expr) bool {
		switch n.Op {
		case Name:
			return n.Sym == nil || !n.Sym.Fixed
		case Call:
			return n.Sym == nil || n.Sym.Random || n.Sym.Kind != Function || n.Sym.Ref != nil
		}
		return false
	})
}

// Equal tells whether two trees say the same, wherever they stand.
func Equal(a, b *Expr) bool {
	if a == b {
		return true
	}
	if a.Op != b.Op || a.Text != b.Text || a.Value != b.Value || len(a.Args) != len(b.Args) {
		return false
	}
	for k := range a.Args {
		if !Equal(a.Args[k], b.Args[k]) {
			return false
		}
	}
	return a.Op != Num || a.Type == b.Type
}

// Subst gives e with each node n, from the leaves up, replaced by what f gives for it. A nil means: leave it. Types and
// dimensions of the nodes above a replaced one are kept, so a replacement must have the type and dimension of what it
// replaces.
func Subst(e *Expr, f func(*Expr) *Expr) *Expr {
	args := e.Args
	for k, a := range e.Args {
		b := Subst(a, f)
		if b == a {
			continue
		}
		if &args[0] == &e.Args[0] {
			args = append([]*Expr(nil), e.Args...)
		}
		args[k] = b
	}
	n := e
	if len(args) > 0 && &args[0] != &e.Args[0] {
		c := *e
		c.Args = args
		n = &c
	}
	if r := f(n); r != nil {
		return r
	}
	return n
}

// SubstNames gives e with the variables named in the map replaced by its trees.
func SubstNames(e *Expr, by map[string]*Expr) *Expr {
	return Subst(e, func(n *Expr) *Expr {
		if n.Op != Name {
			return nil
		}
		return by[n.Text]
	})
}
