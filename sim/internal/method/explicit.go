package method

import (
	"fmt"

	"github.com/golgi-sim/golgi/sim/internal/lang"
)

// explicit holds the explicit integrators as text. x is every state variable at once, f the drift and g the noise
// factor of the source at hand, each as a function of the variables and the time; sources(…) adds its argument over
// the noise sources and dW is the increment of the source at hand, sqrt(dt) times a standard normal number that is
// drawn once a step, row and source. A name on the left is a temporary of every variable, x_new its next value.
//
// rk2 is the midpoint method, rk4 the classical one of Runge and Kutta; heun and milstein are the Stratonovich
// schemes of Kloeden and Platen, Numerical Solution of Stochastic Differential Equations (1992), milstein in its
// derivative-free form.
var explicit = map[string]string{
	"euler": `
x_new = x + dt*f(x, t) + sources(g(x, t)*dW)`,
	"rk2": `
k = dt*f(x, t)/2
x_new = x + dt*f(x + k, t + dt/2)`,
	"rk4": `
k_1 = dt*f(x, t)
k_2 = dt*f(x + k_1/2, t + dt/2)
k_3 = dt*f(x + k_2/2, t + dt/2)
k_4 = dt*f(x + k_3, t + dt)
x_new = x + (k_1 + 2*k_2 + 2*k_3 + k_4)/6`,
	"heun": `
x_support = x + sources(g(x, t)*dW)
x_new = x + dt*f(x, t) + sources(0.5*dW*(g(x, t) + g(x_support, t + dt)))`,
	"milstein": `
x_support = x + dt*f(x, t) + sources(sqrt(dt)*g(x, t))
x_new = x + dt*f(x, t) + sources(g(x, t)*dW + (g(x_support, t) - g(x, t))*(dW*dW)/(2*sqrt(dt)))`,
}

func (s *system) explicit(name, text string) (*Update, error) {
	if err := s.refuseNoise(name); err != nil {
		return nil, err
	}
	lines, err := lang.ParseStatements(text)
	if err != nil {
		return nil, err
	}
	update := &Update{Method: name}
	for _, source := range s.sources {
		dW := binary(lang.Mul, call("sqrt", s.dt), call("randn"))
		update.Assign = append(update.Assign, Assign{Target: increment(source), Expr: dW})
	}
	for _, line := range lines {
		for _, x := range s.states {
			in := instance{system: s, state: x}
			update.Assign = append(update.Assign, Assign{Target: temporary(line.Target, x), Expr: in.expr(line.Expr)})
		}
	}
	for _, x := range s.states {
		update.Assign = append(update.Assign, Assign{Target: x.symbol.Name, Symbol: x.symbol, Expr: local(temporary("x_new", x))})
	}
	return update, nil
}

func (s *system) refuseNoise(name string) error {
	if len(s.sources) == 0 {
		return nil
	}
	switch name {
	case "rk2", "rk4":
		return fmt.Errorf("the %s method cannot integrate noise (%s): use euler, or heun for multiplicative noise", name, s.sources[0])
	case "euler":
		if !s.additive() {
			return fmt.Errorf("the euler method needs additive noise, whose factor depends on neither the time nor a state variable: use heun or milstein")
		}
	case "heun", "milstein":
		return s.refuseSharedSource(name)
	}
	return nil
}

// refuseSharedSource: both schemes are exact in order only for diagonal noise, one source an equation.
func (s *system) refuseSharedSource(name string) error {
	for _, source := range s.sources {
		users := 0
		for _, x := range s.states {
			if !isZero(x.noise[source]) {
				users++
			}
		}
		if users > 1 && !s.additive() {
			return fmt.Errorf("the %s method needs a noise source of its own for each equation, and %s is in %d", name, source, users)
		}
	}
	return nil
}

func temporary(name string, x state) string { return "_" + name + "_" + x.symbol.Name }
func increment(source string) string        { return "_dW_" + source }

// An instance is the text of an integrator being written out for one state variable and, within sources(…), for one
// noise source.
type instance struct {
	*system
	state  state
	source string
}

func (in instance) expr(e *lang.Expr) *lang.Expr {
	switch e.Op {
	case lang.Name:
		return in.name(e.Text)
	case lang.Call:
		return in.call(e)
	}
	out := *e
	out.Args = make([]*lang.Expr, len(e.Args))
	for i, a := range e.Args {
		out.Args[i] = in.expr(a)
	}
	if e.Op == lang.Add && isZero(out.Args[1]) { // the sum over no source
		return out.Args[0]
	}
	return &out
}

func (in instance) name(text string) *lang.Expr {
	switch text {
	case "x":
		return named(in.state.symbol)
	case "t":
		return in.t
	case "dt":
		return in.dt
	case "dW":
		return local(increment(in.source))
	}
	return local(temporary(text, in.state))
}

func (in instance) call(e *lang.Expr) *lang.Expr {
	switch e.Text {
	case "f":
		return in.whileFree(in.at(in.state.drift, e.Args[0], e.Args[1]))
	case "g":
		return in.whileFree(in.at(in.state.noise[in.source], e.Args[0], e.Args[1]))
	case "sources":
		var terms []*lang.Expr
		for _, source := range in.sources {
			if !isZero(in.state.noise[source]) {
				terms = append(terms, instance{in.system, in.state, source}.expr(e.Args[0]))
			}
		}
		return sum(terms...)
	}
	return call(e.Text, in.expr(e.Args[0]))
}

// whileFree makes the right-hand side of a variable that stands still while refractory zero then.
func (in instance) whileFree(rhs *lang.Expr) *lang.Expr {
	if !in.state.held {
		return rhs
	}
	return call("where", local(NotRefractory), rhs, number(0))
}

// at is a function of the state with every variable y replaced by the text x written out for y, and the time by t.
func (in instance) at(function, x, t *lang.Expr) *lang.Expr {
	if function == nil {
		return number(0)
	}
	return lang.Subst(function, func(e *lang.Expr) *lang.Expr {
		if isTime(e) {
			return in.expr(t)
		}
		for _, y := range in.states {
			if e.Sym == y.symbol || e.Sym != nil && e.Sym.Kind == lang.State && e.Sym.Owner == "" && e.Text == y.symbol.Name {
				return instance{in.system, y, in.source}.expr(x)
			}
		}
		return nil
	})
}
