package lang

import (
	"maps"
	"strings"
)

// Checked is a model whose names, units, types and flags are right.
type Checked struct {
	Equations *Equations // typed
	Warnings  []string
	Place     Place

	scope   *ownScope
	order   []*Equation
	inlined map[string]*Expr // of each subexpression that is substituted, with all others substituted
}

// maxInlined bounds the size of an expression after substitution: a dozen subexpressions that each use the one
// before twice are fine, fifty would fill the memory.
const maxInlined = 200000

// maxErrors bounds the list of one check; what comes after that many is mostly a consequence.
const maxErrors = 10

// A modelChecker goes over the equations of one model; errors are collected, so that one look shows them all.
type modelChecker struct {
	checker
	place      Place
	refractory bool
	eqs        *Equations
	scope      *ownScope
	out        *Checked
	errs       ErrorList
	told       map[string]bool // messages given already
}

// Check types the equations of a model and looks for everything that can be wrong with them. The names t, dt, i, N and
// their like are known by place; lastspike and not_refractory when the group has them. external, which may be nil,
// gives the names of the session and, for synapses, the variables of both groups. The error is an ErrorList.
func Check(eqs *Equations, place Place, refractory bool, external Scope) (*Checked, error) {
	m := modelChecker{place: place, refractory: refractory, told: map[string]bool{}}
	m.eqs = &Equations{Text: eqs.Text, List: append([]Equation(nil), eqs.List...)}
	m.scope = &ownScope{own: map[string]*Symbol{}, external: external}
	m.checker = checker{text: eqs.Text, scope: m.scope, noise: true}
	m.out = &Checked{Equations: m.eqs, Place: place, scope: m.scope, inlined: map[string]*Expr{}}
	m.declare()
	m.typeAll()
	if len(m.errs) == 0 {
		m.structure()
	}
	m.errs.Sort()
	if err := m.errs.Err(); err != nil {
		return nil, err
	}
	m.out.Warnings = m.warnings
	return m.out, nil
}

// try runs f, which may fail, and adds its error to the list unless the same was said before.
func (m *modelChecker) try(f func()) {
	var err error
	func() {
		defer rescue(&err)
		f()
	}()
	if fault, failed := err.(*Error); failed && !m.told[fault.Message] && len(m.errs) < maxErrors {
		m.told[fault.Message] = true
		m.errs.Add(fault)
	}
}

func (m *modelChecker) each(f func(q *Equation)) {
	for k := range m.eqs.List {
		m.try(func() { f(&m.eqs.List[k]) })
	}
}

// structure looks at what equations have to do with each other, when each one is right by itself.
func (m *modelChecker) structure() {
	m.try(m.sort)
	if len(m.errs) > 0 {
		return
	}
	m.inline()
	if len(m.errs) > 0 {
		return
	}
	m.each(m.checkShared)
	m.each(m.checkMixed)
	m.try(m.checkNoise)
}

// Lookup finds a name as the texts of the group do, nil when there is none.
func (c *Checked) Lookup(name string) *Symbol { return c.scope.Lookup(name) }

// Scope gives the names that the texts of the group see: its own variables, then constants, units and functions, then
// the external ones.
func (c *Checked) Scope() Scope { return c.scope }

// Own gives the group's own variables by name, those of the simulator included.
func (c *Checked) Own() map[string]*Symbol { return maps.Clone(c.scope.own) }

// Order gives the subexpressions, each after those it uses. Summed variables are not among them.
func (c *Checked) Order() []*Equation { return c.order }

// Inline gives e with the subexpressions substituted, recursively, but for those that are held constant over dt.
func (c *Checked) Inline(e *Expr) *Expr { return SubstNames(e, c.inlined) }

// Place, names and flags ---------------------------------------------------------------------------------------------

// fixedNames may not be declared anywhere, synapseNames not in synapses, spatialNames not in spatial neurons.
var (
	fixedNames   = wordSet("t dt t_in_timesteps i N refractory lastspike not_refractory")
	synapseNames = wordSet("j N_pre N_post N_incoming N_outgoing lastupdate delay")
	spatialNames = wordSet("v length distance area volume diameter Cm Ri Ic r_length_1 r_length_2 time_constant space_constant x y z")
)

// declare makes the symbols of the group's own variables.
func (m *modelChecker) declare() {
	for _, s := range special(m.place, m.refractory) {
		m.scope.own[s.Name] = s
	}
	seen := map[string]bool{}
	m.each(func(q *Equation) {
		m.checkName(q)
		if seen[q.Name] {
			m.failAt(q, ReasonDuplicate, "the name "+shorten(q.Name)+" is declared twice", "rename one of the two")
		}
		seen[q.Name] = true
		if !q.Has(SummedFlag) {
			m.scope.own[q.Name] = symbolOf(q)
			m.scope.names = append(m.scope.names, q.Name)
			m.shadow(q)
		}
	})
	for _, s := range special(m.place, m.refractory) {
		m.scope.names = append(m.scope.names, s.Name)
	}
	m.each(m.checkFlags)
}

// failAt fails at the name of an equation.
func (m *modelChecker) failAt(q *Equation, reason, message, hint string) {
	fail(m.text, q.NamePos, q.NamePos+len(q.Name), reason, message, hint)
}

func symbolOf(q *Equation) *Symbol {
	s := &Symbol{Name: q.Name, Type: q.Type, Dim: q.Dim, Shared: q.Has(SharedFlag), Equation: q}
	switch q.Form {
	case Differential:
		s.Kind = State
	case Definition:
		s.Kind, s.ReadOnly = Subexpression, true
	case Declaration:
		s.Kind, s.Fixed = Parameter, q.Has(ConstantFlag)
		s.ReadOnly = q.Has(ConstantFlag) || q.Has(LinkedFlag)
	}
	return s
}

// checkName refuses names that are taken.
func (m *modelChecker) checkName(q *Equation) {
	refuse := func(why, hint string) { m.failAt(q, ReasonReserved, shorten(q.Name)+" "+why, hint) }
	known := predefined(q.Name)
	switch {
	case keywords[q.Name]:
		refuse("is a word of the language and no name", foreignWords[q.Name][1])
	case strings.HasPrefix(q.Name, "_"):
		refuse("begins with an underscore: such names belong to the simulator", "call it "+strings.TrimLeft(q.Name, "_")+"…")
	case isNoise(q.Name):
		refuse("is the name of a noise source", "choose a name that does not begin with xi")
	case fixedNames[q.Name], m.place == Synapse && synapseNames[q.Name], m.place == Spatial && spatialNames[q.Name]:
		refuse("is a name of the simulator", "choose another name, such as "+q.Name+"0")
	case known != nil && (known.Kind != Function || !builtins[q.Name].added):
		refuse("is the name of a "+known.Kind.String(), "choose another name")
	}
	m.checkEnding(q)
}

// checkEnding looks at names that end in _pre or _post: only the summed variables of synapses may.
func (m *modelChecker) checkEnding(q *Equation) {
	ending := strings.HasSuffix(q.Name, "_pre") || strings.HasSuffix(q.Name, "_post")
	summed := q.Has(SummedFlag) && m.place == Synapse && q.Form == Definition
	switch {
	case ending && !summed:
		m.failAt(q, ReasonReserved, shorten(q.Name)+" ends like a variable of a connected group", "choose a name that does not end in _pre or _post")
	case !ending && summed:
		m.failAt(q, ReasonReserved, "the summed variable "+shorten(q.Name)+" names no group", "a summed variable is called like the variable it sets: "+shorten(q.Name)+"_post or "+shorten(q.Name)+"_pre")
	case summed:
		m.checkTarget(q)
	case m.place == Synapse:
		m.checkGroups(q)
	}
}

// checkTarget looks at the variable a summed variable sets.
func (m *modelChecker) checkTarget(q *Equation) {
	s := m.scope.outside(q.Name)
	switch {
	case s == nil:
		bare, side, _ := cutLast(q.Name)
		m.failAt(q, ReasonName, "the "+side+" group has no variable "+shorten(bare), m.nameHint(q.Name))
	case s.Kind != Parameter:
		m.failAt(q, ReasonType, q.Name+" is a "+s.Kind.String()+", and only a parameter can be summed into", "declare it in that group without an expression: "+s.Name+" : "+s.Dim.String())
	case s.Dim != q.Dim:
		m.failAt(q, ReasonUnits, q.Name+" has unit "+q.Dim.String()+" here, but "+s.Dim.String()+" in its group", "a summed variable has the unit of the variable it sets: write : "+s.Dim.String())
	}
}

func cutLast(name string) (bare, side string, ok bool) {
	k := strings.LastIndexByte(name, '_')
	if k < 0 {
		return name, "", false
	}
	return name[:k], map[string]string{"pre": "source", "post": "target"}[name[k+1:]], true
}

// checkGroups refuses a synaptic variable with the name of a variable of either group.
func (m *modelChecker) checkGroups(q *Equation) {
	for _, ending := range []string{"_post", "_pre"} {
		if s := m.scope.outside(q.Name + ending); s != nil && s.Owner != "" {
			_, side, _ := cutLast(q.Name + ending)
			m.failAt(q, ReasonDuplicate, "the "+side+" group has a variable "+shorten(q.Name)+" too", "rename one of the two")
		}
	}
}

// shadow warns when the model hides a name of the session.
func (m *modelChecker) shadow(q *Equation) {
	if s := m.scope.outside(q.Name); s != nil && s.Owner == "" && s.Kind != Auto {
		m.warnings = append(m.warnings, q.Name+" is a variable of the model and also a "+s.Kind.String()+" outside; the model's own is used")
	}
}

// checkFlags refuses flags that the form or the place does not have.
func (m *modelChecker) checkFlags(q *Equation) {
	allowed := allowedFlags(q.Form, m.place)
	where := map[Place]string{Neurons: "", Synapse: " of synapses", Spatial: " of a spatial neuron"}[m.place]
	if wrong := q.Flags &^ allowed; wrong != 0 {
		hint := "it takes no flags"
		if allowed != 0 {
			hint = "it can have " + allowed.String()
		}
		m.failFlags(q, "a "+q.Form.String()+where+" cannot be "+wrong.String(), hint)
	}
	for _, pair := range []Flags{EventDriven | ClockDriven, SummedFlag | SharedFlag, SummedFlag | ConstantOverDt} {
		if q.Has(pair) {
			m.failFlags(q, "the flags "+pair.String()+" exclude each other", "keep one of them")
		}
	}
	if q.Has(UnlessRefractory) && !m.refractory {
		m.warnings = append(m.warnings, q.Name+": unless refractory has no effect, for the group has no threshold")
	}
}

func (m *modelChecker) failFlags(q *Equation, message, hint string) {
	fail(m.text, q.flagPos, q.End, ReasonFlagPlace, message, hint)
}

func allowedFlags(f Form, p Place) Flags {
	switch {
	case f == Differential && p == Synapse:
		return EventDriven | ClockDriven
	case f == Differential:
		return UnlessRefractory
	case f == Definition && p == Synapse:
		return SharedFlag | ConstantOverDt | SummedFlag
	case f == Definition:
		return SharedFlag | ConstantOverDt
	case p == Spatial:
		return ConstantFlag | SharedFlag | LinkedFlag | PointCurrent
	}
	return ConstantFlag | SharedFlag | LinkedFlag
}
