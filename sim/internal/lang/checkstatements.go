package lang

import (
	"slices"
	"strings"
)

// A statementScope sees the temporaries of the statements before, then what the group sees.
type statementScope struct {
	Scope
	locals map[string]*Symbol
	names  []string
}

func (s *statementScope) Lookup(name string) *Symbol {
	if local := s.locals[name]; local != nil {
		return local
	}
	return s.Scope.Lookup(name)
}

func (s *statementScope) Names() []string { return append(slices.Clone(s.names), s.Scope.Names()...) }

func (s *statementScope) outside(name string) *Symbol {
	if local := s.locals[name]; local != nil {
		return local
	}
	if inner, ok := s.Scope.(interface{ outside(string) *Symbol }); ok {
		return inner.outside(name)
	}
	return nil
}

// CheckStatements types statements that run one after another. A name on the left that nothing visible has becomes a
// temporary; each assignment to it makes a new Symbol, so that its type may widen.
func CheckStatements(text string, list []Statement, s Scope) (typed []Statement, warnings []string, err error) {
	scope := &statementScope{Scope: s, locals: map[string]*Symbol{}}
	c := statementChecker{checker: checker{text: text, scope: scope, later: map[string]bool{}}, scope: scope}
	for _, st := range list {
		c.later[st.Target] = true
	}
	defer rescue(&err)
	for _, st := range list {
		typed = append(typed, c.statement(st))
	}
	return typed, c.warnings, nil
}

type statementChecker struct {
	checker
	scope *statementScope
}

func (c *statementChecker) statement(st Statement) Statement {
	target := c.target(st)
	e := c.typed(st.Expr)
	if target == nil {
		st.Expr, st.Sym = e, c.local(st, e)
		return st
	}
	c.compatible(st, target, e)
	if st.Op == Num || st.Op == Add || st.Op == Sub || st.Op == Mod {
		if isZero(e) {
			e = withDim(e, target.Dim)
		}
	}
	if target.Kind != Local && target.Shared && !IsShared(e) {
		c.fail(e, ReasonShared, shorten(target.Name)+" is shared, but "+shorten(e.String())+" has a value for each row", "make "+shorten(target.Name)+" a variable of each row")
	}
	st.Expr, st.Sym = e, target
	if target.Kind == Local {
		st.Sym = c.renewed(target, st, e)
	}
	return st
}

// target finds what the statement writes: nil for a new temporary.
func (c *statementChecker) target(st Statement) *Symbol {
	s := c.scope.Lookup(st.Target)
	if s == nil || s.Kind == Function && (s.Ref != nil || builtins[st.Target].added) {
		return c.newTarget(st)
	}
	refuse := func(reason, why, hint string) {
		fail(c.text, st.Pos, st.Pos+len(st.Target), reason, shorten(st.Target)+" "+why, hint)
	}
	_, builtin := constants[st.Target]
	switch {
	case s.Kind == Unit, s.Kind == Function, s.Kind == Noise, builtin && s.Kind == Constant:
		refuse(ReasonReserved, "is the name of a "+s.Kind.String()+" and cannot be assigned to", "choose another name")
	case s.Kind == Constant || s.Kind == TimedArray:
		if st.Op != Num {
			refuse(ReasonReadOnly, "is a "+s.Kind.String()+" outside the model and cannot be changed", "make it a variable of the model")
		}
		c.warnings = append(c.warnings, st.Target+" is a temporary here and also a "+s.Kind.String()+" outside; the one outside keeps its value")
		return nil
	case s.Kind == Subexpression:
		refuse(ReasonReadOnly, "is a subexpression and cannot be assigned to", "assign to the variables it is made of")
	case s.Kind == Parameter && s.Fixed && s.ReadOnly:
		refuse(ReasonReadOnly, "is constant and cannot be assigned to", "take the flag constant out")
	case s.ReadOnly && s.Kind == Parameter:
		refuse(ReasonReadOnly, "is linked and cannot be assigned to", "assign to the variable it is linked to")
	case s.ReadOnly:
		refuse(ReasonReadOnly, "is kept by the simulator and cannot be assigned to", "assign to a variable of the model")
	}
	return s
}

// newTarget looks at a name on the left that nothing has.
func (c *statementChecker) newTarget(st Statement) *Symbol {
	side := strings.HasSuffix(st.Target, "_pre") || strings.HasSuffix(st.Target, "_post")
	at := &Expr{Op: Name, Text: st.Target, Pos: st.Pos, End: st.Pos + len(st.Target)}
	switch {
	case st.Op != Num || side:
		delete(c.later, st.Target)
		c.unknown(at)
	case strings.HasPrefix(st.Target, "_"):
		c.fail(at, ReasonReserved, shorten(st.Target)+" begins with an underscore: such names belong to the simulator", "call it "+strings.TrimLeft(st.Target, "_")+"0")
	}
	return nil
}

// local makes the symbol of a new temporary.
func (c *statementChecker) local(st Statement, e *Expr) *Symbol {
	s := &Symbol{Name: st.Target, Kind: Local, Type: e.Type, Dim: e.Dim, Shared: IsShared(e)}
	c.scope.locals[st.Target] = s
	c.scope.names = append(c.scope.names, st.Target)
	return s
}

// renewed makes the symbol of a temporary that is written again.
func (c *statementChecker) renewed(old *Symbol, st Statement, e *Expr) *Symbol {
	s := *old
	s.Shared = IsShared(e) && (st.Op == Num || old.Shared)
	s.Type = e.Type
	if st.Op != Num {
		s.Type = binaryType(st.Op, &Expr{Type: old.Type}, e)
	}
	c.scope.locals[st.Target] = &s
	return &s
}

// compatible checks unit and type of what is assigned.
func (c *statementChecker) compatible(st Statement, s *Symbol, e *Expr) {
	old := &Expr{Op: Name, Text: s.Name, Type: s.Type, Dim: s.Dim, Sym: s, Pos: st.Pos, End: st.Pos + len(st.Target)}
	if st.Op == Num {
		want := Want{Type: s.Type, Dim: &s.Dim, What: s.Name}
		if s.Kind == Local {
			want.Type = Unknown
		}
		c.fit(e, want)
		return
	}
	if s.Type == Boolean {
		c.fail(old, ReasonType, shorten(s.Name)+" is boolean and cannot be counted up", "assign a condition: "+shorten(s.Name)+" = …")
	}
	if e.Type == Boolean && s.Kind != Local {
		c.fail(e, ReasonType, shorten(e.String())+" is a condition, expected a number for "+shorten(s.Name), "write int("+shorten(e.String())+")")
	}
	result := &Expr{Op: st.Op, Args: []*Expr{old, e}, Pos: st.Pos, End: st.End, open: e.open}
	if f := c.typeOperator(result); f != nil {
		c.report(result, f)
	}
	if !result.open && result.Dim != s.Dim {
		c.fail(e, ReasonUnits, describe(e)+", so that "+shorten(s.Name)+" would change its unit from "+s.Dim.String()+" to "+result.Dim.String(), "a factor is a plain number")
	}
	if s.Kind != Local && s.Type == Integer && result.Type == Float {
		c.fail(e, ReasonType, shorten(s.Name)+" is an integer, and "+st.String()+" would make it a real number", integerHint(st, s, e))
	}
}

func integerHint(st Statement, s *Symbol, e *Expr) string {
	if st.Op == Div {
		return "write " + shorten(s.Name) + " //= " + shorten(e.String())
	}
	return "write int(" + shorten(e.String()) + ")"
}
