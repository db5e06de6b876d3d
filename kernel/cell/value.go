package cell

import (
	"go/constant"
	"go/types"
)

// constantValue is the Go value of a constant.
func constantValue(c *types.Const) any {
	v := c.Val()
	switch v.Kind() {
	case constant.Bool:
		return constant.BoolVal(v)
	case constant.String:
		return constant.StringVal(v)
	case constant.Int:
		if b, ok := c.Type().Underlying().(*types.Basic); ok && b.Info()&types.IsFloat == 0 {
			n, _ := constant.Int64Val(v)
			return int(n)
		}
	}
	f, _ := constant.Float64Val(constant.ToFloat(v))
	return f
}
