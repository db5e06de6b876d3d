package registers

import (
	"math/rand/v2"
	"testing"

	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/ir/irtest"
)

// A paper machine notes which value each register and each place in memory really holds.
type paper struct {
	choice *Choice
	size   Register
	holds  map[Register]ir.Value
	memory map[Home]ir.Value
	traced int // moves
}

func (m *paper) Class(bool) (first, end Register) { return 0, m.size }
func (m *paper) Constant(word uint64) Home        { return Home{InPool, int(word)} }
func (m *paper) Temporaries(ir.Instr) int         { return 1 }

func (m *paper) Save(r Register, to Home) {
	m.traced++
	m.memory[to] = m.holds[r]
}

func (m *paper) Restore(r Register, from Home) {
	m.traced++
	m.holds[r] = m.memory[from]
}

// Whatever was moved where, an instruction finds its operands in the registers that it is told, and they stay there until
// its result is written.
func TestEveryInstructionFindsItsOperands(t *testing.T) {
	moves := 0
	for seed := range uint64(200) {
		p := irtest.RandomProgram(rand.New(rand.NewPCG(seed, 3)))
		var c Choice
		m := &paper{choice: &c, size: 5, holds: map[Register]ir.Value{}, memory: map[Home]ir.Value{}}
		c.Start(Analyse(p, func(ir.Op) bool { return false }), m, 0, 8)
		for pass := range 2 {
			c.Restart()
			for i, in := range p.Code {
				if !c.Live[i] || c.Uniform[i] || c.PutOff[i] {
					continue
				}
				c.At = ir.Value(i)
				registers := map[ir.Value]Register{}
				for _, v := range in.Operands() {
					if !c.Uniform[v] {
						registers[v] = c.Use(v)
					}
				}
				m.holds[c.Temporary()] = temporary
				for v, r := range registers {
					if m.holds[r] != v {
						t.Fatalf("seed %d, pass %d: instruction %d finds value %d where %d should be\n%s", seed, pass, i, m.holds[r], v, p)
					}
				}
				if in.Type != ir.Void {
					m.holds[c.Result()] = c.At
				}
				c.Settle(c.At)
			}
		}
		moves += m.traced
	}
	if moves < 1000 {
		t.Errorf("%d moves show little: give the machine fewer registers", moves)
	}
}

func TestAnalyseFindsWhatIsNeeded(t *testing.T) {
	b := ir.NewBuilder("needed", ir.All)
	for k, s := range []ir.Storage{ir.Float64, ir.Float64, ir.Int32} {
		b.Column(k, s)
	}
	at, x := b.Load(2), b.Load(1)
	lost := b.Mul(x, b.Float(2))
	b.ScatterAdd(0, at, x)
	v := Analyse(b.Program(), ir.Op.Scatters)
	if v.Live[lost] || !v.Live[x] || !v.PutOff[at] || len(v.Uses[x]) != 1 {
		t.Errorf("live %v, put off %v, uses %v", v.Live, v.PutOff, v.Uses)
	}
}
