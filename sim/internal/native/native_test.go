package native

import (
	"errors"
	"fmt"
	"math"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
	"unsafe"

	"github.com/golgi-sim/golgi/sim/internal/ir"
	"github.com/golgi-sim/golgi/sim/internal/vm"
)

// refusing is a fallback that must not be needed.
type refusing struct{}

func (refusing) Compile(*ir.Program) (ir.Loop, error) {
	return nil, errors.New("went to the fallback")
}

// needMachine skips a test that runs machine code where that is not possible.
func needMachine(t testing.TB) {
	if len(forms()) == 0 {
		t.Skip("this processor is neither arm64 nor has AVX2 and FMA: programs go to the fallback")
	}
}

func TestFallbackTakesOverWhereMemoryMayNotBeExecuted(t *testing.T) {
	needMachine(t)
	refused := func([]byte) ([]byte, error) { return nil, errors.New("not allowed") }
	b := backend{avx2, vm.New(), refused}
	l := compile(t, b, lif())
	want, found := lifFrame(100), lifFrame(100)
	ir.Eval(lif(), want, 0, 100)
	l.Run(found, 0, 100)
	same(t, want, found)
	if _, ours := l.(*loop); ours {
		t.Error("found machine code, expected the fallback's loop")
	}
}

// A uniform so far away is beyond what an instruction of arm64 reaches: there the fallback reads it.
func TestUniformsMayBeFarAway(t *testing.T) {
	b := ir.NewBuilder("far", ir.All)
	b.Column(0, ir.Float64)
	b.Store(0, b.Uniform(5000, ir.F64))
	f := &ir.Frame{Columns: []ir.Column{{F: make([]float64, 7)}}, Uniforms: make([]uint64, 5001)}
	f.Uniforms[5000] = math.Float64bits(0.1)
	compile(t, New(vm.New()), b.Program()).Run(f, 0, 7)
	if x := f.Columns[0].F[6]; x != 0.1 {
		t.Errorf("found %v, expected 0.1", x)
	}
}

// protection is what the system allows with the page of an address: "r-xp" and the like, "" if there is no such page.
func protection(t *testing.T, at uintptr) string {
	t.Helper()
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		t.Skip("this system does not tell the protection of pages in /proc/self/maps")
	}
	for line := range strings.Lines(string(maps)) {
		var lo, hi uintptr
		var flags string
		if n, _ := fmt.Sscanf(line, "%x-%x %s", &lo, &hi, &flags); n == 3 && lo <= at && at < hi {
			return flags
		}
	}
	return ""
}

func TestPagesAreExecutableAndNotWritable(t *testing.T) {
	needMachine(t)
	l := compile(t, New(refusing{}), lif()).(*loop)
	at := uintptr(unsafe.Pointer(unsafe.SliceData(l.code)))
	if found := protection(t, at); found != "r-xp" {
		t.Errorf("found %q, expected r-xp", found)
	}
	runtime.KeepAlive(l)
}

func TestPagesAreGivenBackWithTheLoop(t *testing.T) {
	needMachine(t)
	var pages []uintptr
	for range 20 {
		l := compile(t, New(refusing{}), lif()).(*loop)
		pages = append(pages, uintptr(unsafe.Pointer(unsafe.SliceData(l.code))))
	}
	for range 100 {
		runtime.GC()
		time.Sleep(time.Millisecond) // cleanups run in a goroutine of their own
		left := 0
		for _, at := range pages {
			if protection(t, at) == "r-xp" {
				left++
			}
		}
		if left == 0 {
			return
		}
	}
	t.Error("found pages of loops that are gone, expected none")
}

func TestCompileReportsWhatCheckReports(t *testing.T) {
	p := &ir.Program{Name: "wrong", Code: []ir.Instr{{Op: ir.Add, Type: ir.F64}}}
	if _, err := New(vm.New()).Compile(p); err == nil || err.Error() != p.Check().Error() {
		t.Errorf("found %v, expected %v", err, p.Check())
	}
}
