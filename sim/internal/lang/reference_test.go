package lang

import (
	"bufio"
	"encoding/json"
	"errors"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/golgi-sim/golgi/units"
)

// readRows reads a file with one JSON value a line.
func readRows[T any](t *testing.T, path string) []T {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var rows []T
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var row T
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		t.Fatal("no rows in ", path)
	}
	return rows
}

type expressionRow struct {
	Expr  string
	Vars  map[string]any
	Type  string
	Value any
	Units map[string]string
	Dim   []float64
	Error string
}

// scopeOf declares the variables of a row of expressions: numbers by their JSON text, units by name.
func (row expressionRow) scopeOf(t *testing.T) (Scope, map[string]float64) {
	scope := Symbols{}
	values := map[string]float64{}
	for name, v := range row.Vars {
		s := &Symbol{Name: name, Kind: Parameter, Type: Float}
		switch v := v.(type) {
		case bool:
			s.Type = Boolean
			if v {
				values[name] = 1
			}
		case float64:
			values[name] = v
			if v == math.Trunc(v) && strings.ContainsAny(name, "km") {
				s.Type = Integer
			}
		}
		scope[name] = s
	}
	for name, unit := range row.Units {
		d, _, err := units.ParseDimension(unit)
		if err != nil {
			t.Fatal(err)
		}
		scope[name] = &Symbol{Name: name, Kind: Parameter, Type: Float, Dim: d}
	}
	return &ownScope{own: scope}, values
}

func TestExpressionsHaveTheReferenceValuesTypesAndDimensions(t *testing.T) {
	path := os.Getenv("GOLGI_EXPRESSIONS")
	if path == "" {
		path = "testdata/expressions.jsonl"
	}
	for _, row := range readRows[expressionRow](t, path) {
		e, err := ParseExpr(row.Expr)
		if err != nil {
			t.Errorf("%s: %v", row.Expr, err)
			continue
		}
		scope, values := row.scopeOf(t)
		e, err = CheckExpr(row.Expr, e, scope, Want{})
		switch {
		case row.Error != "":
			wantRefusal(t, row, err)
		case err != nil:
			t.Errorf("%s: %v", row.Expr, err)
		case row.Dim != nil:
			wantDim(t, row, e)
		default:
			wantValue(t, row, e, values)
		}
	}
}

func wantRefusal(t *testing.T, row expressionRow, err error) {
	reason := map[string]string{"dimension": ReasonUnits, "exponent": ReasonExponent}[row.Error]
	var fault *Error
	if !errors.As(err, &fault) || fault.Reason != reason {
		t.Errorf("%s: got error %v, expected one with reason %q", row.Expr, err, reason)
	}
}

func wantDim(t *testing.T, row expressionRow, e *Expr) {
	for k, x := range row.Dim {
		if e.Dim[k] != int16(math.Round(x*12)) {
			t.Errorf("%s has dimension %v, expected %v twelfths", row.Expr, e.Dim, row.Dim)
			return
		}
	}
}

func wantValue(t *testing.T, row expressionRow, e *Expr, values map[string]float64) {
	want, isNumber := row.Value.(float64)
	if truth, ok := row.Value.(bool); ok && truth {
		want, isNumber = 1, true
	}
	_ = isNumber
	if e.Type.String() != row.Type {
		t.Errorf("%s has type %v, expected %s", row.Expr, e.Type, row.Type)
	}
	if got := evaluate(e, values); !(math.Abs(got-want) <= 1e-14*max(1, math.Abs(want))) {
		t.Errorf("%s with %v is %v, expected %v", row.Expr, row.Vars, got, want)
	}
}

// evaluate computes a checked expression in doubles. It is written for clearness, and only for tests.
func evaluate(e *Expr, values map[string]float64) float64 {
	x := make([]float64, len(e.Args))
	for k, a := range e.Args {
		x[k] = evaluate(a, values)
	}
	switch e.Op {
	case Num, Bool:
		return e.Value
	case Name:
		if v, ok := values[e.Text]; ok {
			return v
		}
		return e.Sym.Value
	case Call:
		return callValue(e.Text, x)
	case Neg:
		return -x[0]
	case Plus:
		return x[0]
	case Not:
		return truth(x[0] == 0)
	case And:
		return truth(x[0] != 0 && x[1] != 0)
	case Or:
		return truth(x[0] != 0 || x[1] != 0)
	case Lt:
		return truth(x[0] < x[1])
	case Le:
		return truth(x[0] <= x[1])
	case Gt:
		return truth(x[0] > x[1])
	case Ge:
		return truth(x[0] >= x[1])
	case Eq:
		return truth(x[0] == x[1])
	case Ne:
		return truth(x[0] != x[1])
	case Mod:
		return x[0] - math.Floor(x[0]/x[1])*x[1]
	case FloorDiv:
		return math.Floor(x[0] / x[1])
	case Pow:
		return math.Pow(x[0], x[1])
	case Add:
		return x[0] + x[1]
	case Sub:
		return x[0] - x[1]
	case Mul:
		return x[0] * x[1]
	}
	return x[0] / x[1]
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

var plainFunctions = map[string]func(float64) float64{
	"sin": math.Sin, "cos": math.Cos, "tan": math.Tan, "sinh": math.Sinh, "cosh": math.Cosh, "tanh": math.Tanh,
	"arcsin": math.Asin, "arccos": math.Acos, "arctan": math.Atan, "exp": math.Exp, "log": math.Log, "log10": math.Log10,
	"expm1": math.Expm1, "log1p": math.Log1p, "sqrt": math.Sqrt, "abs": math.Abs, "floor": math.Floor, "ceil": math.Ceil, "int": math.Trunc,
	"poisson": func(float64) float64 { return 0 },
	"exprel": func(x float64) float64 {
		if math.Abs(x) < 1e-16 {
			return 1
		}
		return math.Expm1(x) / x
	},
	"sign":      func(x float64) float64 { return truth(x > 0) - truth(x < 0) },
	"heaviside": func(x float64) float64 { return truth(x >= 0) },
}

func callValue(name string, x []float64) float64 {
	if f, ok := plainFunctions[name]; ok {
		return f(x[0])
	}
	switch name {
	case "clip":
		return min(max(x[0], x[1]), x[2])
	case "min":
		return min(x[0], x[1])
	case "max":
		return max(x[0], x[1])
	case "where":
		if x[0] != 0 {
			return x[1]
		}
		return x[2]
	case "arctan2":
		return math.Atan2(x[0], x[1])
	case "timestep":
		return math.Trunc((x[0] + 1e-3*x[1]) / x[1])
	}
	panic("evaluate: " + name)
}
