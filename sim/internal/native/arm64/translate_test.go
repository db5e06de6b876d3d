package arm64

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/ir/irtest"
)

// layout is some order of the context.
var layout = Layout{Out: 0, Rows: 8, Found: 16, Uniforms: 24, Least: 32, Last: 40, Columns: 48, ColumnSize: 16, Length: 8}

// inFour is a program for Translate whose rows are taken in four groups, if they may mix: all of it stands there four times.
func inFour(p *ir.Program) (several *ir.Program, group []int, groups int, l Layout) {
	groups = 1
	if p.RowsMayMix() {
		groups = 4
	}
	several = &ir.Program{Name: p.Name, Domain: p.Domain, Columns: p.Columns}
	for g := range groups {
		for _, in := range p.Code {
			for _, operand := range []*ir.Value{&in.A, &in.B, &in.C}[:in.Op.Arity()] {
				*operand += ir.Value(g * len(p.Code))
			}
			several.Code, group = append(several.Code, in), append(group, g)
		}
	}
	return several, group, groups, layout
}

// reserved are registers that belong to others: see the package comment.
var reserved = regexp.MustCompile(`\b([xw](18|27|28|29|30)|w?sp)\b`)

func TestAllWordsAreInstructionsThatLeaveReservedRegistersAlone(t *testing.T) {
	objdump, err := exec.LookPath("aarch64-linux-gnu-objdump")
	if err != nil {
		t.Skip("no disassembler of arm64 (binutils-aarch64-linux-gnu) on this machine")
	}
	var code []byte
	for seed := range uint64(200) {
		code = append(code, translate(inFour(irtest.RandomProgram(rand.New(rand.NewPCG(seed, 5))))).instructions(t)...)
	}
	file := filepath.Join(t.TempDir(), "code")
	if err := os.WriteFile(file, code, 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := exec.Command(objdump, "-D", "-b", "binary", "-m", "aarch64", file).Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for line := range strings.Lines(string(text)) {
		fields := strings.SplitN(line, "\t", 3) // address, word, instruction
		if len(fields) < 3 {
			continue
		}
		lines++
		if reserved.MatchString(fields[2]) || strings.HasPrefix(fields[2], ".") || strings.HasPrefix(fields[2], "udf") {
			t.Errorf("found %s", strings.TrimSpace(line))
		}
	}
	if want := len(code) / instructionSize; lines != want {
		t.Errorf("found %d instructions, expected %d", lines, want)
	}
}

// instructions is the code without the pool.
func (c *compiler) instructions(t *testing.T) []byte {
	n := len(c.code)
	code, err := c.finish()
	if err != nil {
		t.Fatal(err)
	}
	return code[:n]
}

func TestTheSameProgramGivesTheSameCode(t *testing.T) {
	for seed := range uint64(20) {
		p := irtest.RandomProgram(rand.New(rand.NewPCG(seed, 6)))
		first, err := Translate(inFour(p))
		second, _ := Translate(inFour(p))
		if err != nil || !bytes.Equal(first.Bytes, second.Bytes) {
			t.Fatalf("found other code for the same program, error %v\n%s", err, p)
		}
	}
}

func TestProgramsBeyondTheReachOfInstructionsAreRefused(t *testing.T) {
	for name, build := range map[string]func(b *ir.Builder) ir.Value{
		"a uniform far away": func(b *ir.Builder) ir.Value { return b.Uniform(4096, ir.F64) },
		"a long chain": func(b *ir.Builder) ir.Value {
			x := b.Load(0)
			for range 100_000 {
				x = b.Add(x, b.Load(1))
			}
			return x
		},
	} {
		b := ir.NewBuilder(name, ir.All)
		b.Column(0, ir.Float64)
		b.Column(1, ir.Float64)
		b.Store(0, build(b))
		if _, err := Translate(inFour(b.Program())); err != errTooLong {
			t.Errorf("%s: found %v, expected %v", name, err, errTooLong)
		}
	}
}

func TestTheLastUniformWithinReachIsRead(t *testing.T) {
	b := ir.NewBuilder("reach", ir.All)
	b.Column(0, ir.Float64)
	b.Store(0, b.Uniform(4095, ir.F64))
	if _, err := Translate(inFour(b.Program())); err != nil {
		t.Errorf("found %v, expected code", err)
	}
}
