package sim

import (
	"github.com/golgi-sim/golgi/sim/internal/engine"
	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/lang"
	"github.com/golgi-sim/golgi/sim/internal/lower"
	"github.com/golgi-sim/golgi/units"
)

type eventCode struct{}
type pathwaySpec struct{}
type connectSpec struct{}
type RegularOperation struct{}

var _ = engine.KindRegular
var _ = ir.All
var _ lang.Op
var _ lower.Code
var _ units.Quantity

func (g *NeuronGroup) view() view { return view{&g.population, 0, g.rows} }
