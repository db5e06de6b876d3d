package cell

import (
	"fmt"
	"go/constant"
	"go/types"
	"math"
	"strconv"
)

// literal prints a constant in its type.
func (e *emitter) literal(v constant.Value, t types.Type) string {
	basic, ok := types.Unalias(t).Underlying().(*types.Basic)
	if !ok { // a constant that becomes an interface
		return e.literal(v, defaultOf(v))
	}
	name := spellBasic(basic)
	if n, ok := types.Unalias(t).(*types.Named); ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() != cellPath {
		return e.spell(t) + "(" + e.literal(v, basic) + ")"
	}
	switch info := basic.Info(); {
	case info&types.IsBoolean != 0:
		return strconv.FormatBool(constant.BoolVal(v))
	case info&types.IsString != 0:
		return strconv.Quote(constant.StringVal(v))
	case info&types.IsInteger != 0:
		return literalInt(constant.ToInt(v), name, info&types.IsUnsigned != 0)
	case info&types.IsFloat != 0:
		return literalFloat(constant.ToFloat(v), name)
	case info&types.IsComplex != 0:
		part := "float64"
		if name == "complex64" {
			part = "float32"
		}
		c := constant.ToComplex(v)
		return fmt.Sprintf("complex(%s, %s)", literalFloat(constant.Real(c), part), literalFloat(constant.Imag(c), part))
	}
	return v.ExactString()
}

func defaultOf(v constant.Value) types.Type {
	switch v.Kind() {
	case constant.Bool:
		return types.Typ[types.Bool]
	case constant.String:
		return types.Typ[types.String]
	case constant.Int:
		return types.Typ[types.Int]
	case constant.Float:
		return types.Typ[types.Float64]
	}
	return types.Typ[types.Complex128]
}

func literalInt(v constant.Value, name string, unsigned bool) string {
	text := v.ExactString()
	if text == "-9223372036854775808" {
		return name + "(-9223372036854775807 - 1)"
	}
	if name == "int" {
		return text
	}
	return name + "(" + text + ")"
}

func literalFloat(v constant.Value, name string) string {
	f, _ := constant.Float64Val(v)
	bits := 64
	if name == "float32" {
		f32, _ := constant.Float32Val(v)
		f, bits = float64(f32), 32
	}
	text := strconv.FormatFloat(f, 'g', -1, bits)
	if f == math.Trunc(f) && math.Abs(f) < 1e15 {
		text = strconv.FormatFloat(f, 'f', 1, bits)
	}
	return name + "(" + text + ")"
}
