//go:build linux || darwin

package native

import (
	"math"
	"os"
	"syscall"
	"testing"
	"unsafe"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// inEveryForm runs a test for each form of this machine.
func inEveryForm(t *testing.T, test func(*testing.T, ir.Backend)) {
	needMachine(t)
	for _, f := range forms() {
		t.Run(f.name, func(t *testing.T) { test(t, Only(f.name, refusing{})) })
	}
}

// exchange reads and writes elements whose numbers are in columns 1 and 5; those of column 1 are computed with.
func exchange(d ir.Domain) *ir.Program {
	b := ir.NewBuilder("exchange", d)
	for k, s := range []ir.Storage{ir.Float64, ir.Int32, ir.Float64, ir.Int64, ir.Bool, ir.Int32} {
		b.Column(k, s)
	}
	at := b.BitAnd(b.Load(1), b.Int(255))
	looked := b.Gather(0, at)
	b.Store(2, looked)
	b.ScatterAdd(3, b.Load(5), b.Row())
	b.Scatter(4, at, b.Gt(looked, b.Float(2)))
	return b.Program()
}

func exchangeFrame(rows, good int) *ir.Frame {
	f := &ir.Frame{Columns: []ir.Column{{F: []float64{1, 2, 3, 4, 5}}, {X: make([]int32, rows)}, {F: make([]float64, rows)},
		{I: make([]int64, 5)}, {B: make([]bool, 5)}, {X: make([]int32, rows)}}}
	for i := range rows {
		if f.Columns[1].X[i] = int32(i * 3 % 5); i >= good {
			f.Columns[1].X[i] = 77
		}
		f.Columns[5].X[i] = f.Columns[1].X[i]
	}
	return f
}

// Rows behind those of the call have indices outside the column, which must not be looked at.
func TestRowsThatWereNotAskedForAreLeftAlone(t *testing.T) {
	inEveryForm(t, func(t *testing.T, backend ir.Backend) {
		for _, d := range []ir.Domain{ir.All, ir.Spans} {
			p := exchange(d)
			l := compile(t, backend, p)
			for n := range 27 {
				want, found := exchangeFrame(40, n), exchangeFrame(40, n)
				hi := n
				if d == ir.Spans {
					want.Rows, hi = []int32{0, int32(n / 2), int32(n / 2), int32(n)}, 2
					found.Rows = want.Rows
				}
				ir.Eval(p, want, 0, hi)
				l.Run(found, 0, hi)
				same(t, want, found)
			}
		}
	})
}

// The index of the last row, which is in a pass that is not full, is outside its column.
func TestIndexErrorInTheLastRow(t *testing.T) {
	inEveryForm(t, func(t *testing.T, backend ir.Backend) {
		for n := 1; n < 27; n++ {
			f := exchangeFrame(n, n-1)
			err := panicOf(func() { compile(t, backend, exchange(ir.All)).Run(f, 0, n) })
			index, ok := err.(*ir.IndexError)
			if !ok || index.Index != 77 || index.Len != 5 || index.Column != 0 {
				t.Errorf("%d rows: found %v, expected index 77 outside column 0 of 5", n, err)
			}
		}
	})
}

// beforeTheEdge is memory for n elements behind which there is a page that may not be touched.
func beforeTheEdge[T any](t *testing.T, n int) []T {
	t.Helper()
	page := os.Getpagesize()
	both, err := syscall.Mmap(-1, 0, 2*page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		t.Skip("this system gives no pages: ", err)
	}
	t.Cleanup(func() { _ = syscall.Munmap(both) })
	if err := syscall.Mprotect(both[page:], syscall.PROT_NONE); err != nil {
		t.Skip("this system protects no pages: ", err)
	}
	var one T
	return unsafe.Slice((*T)(unsafe.Pointer(&both[page-n*int(unsafe.Sizeof(one))])), n)
}

func TestNothingIsTouchedBehindTheColumns(t *testing.T) {
	inEveryForm(t, func(t *testing.T, backend ir.Backend) {
		for _, d := range []ir.Domain{ir.All, ir.Spans} {
			for n := 1; n < 27; n++ {
				want := everythingFrame(n)
				found := &ir.Frame{Columns: []ir.Column{{F: beforeTheEdge[float64](t, n)}, {I: beforeTheEdge[int64](t, n)},
					{X: beforeTheEdge[int32](t, n)}, {B: beforeTheEdge[bool](t, n)}}}
				copy(found.Columns[0].F, want.Columns[0].F)
				copy(found.Columns[1].I, want.Columns[1].I)
				copy(found.Columns[2].X, want.Columns[2].X)
				copy(found.Columns[3].B, want.Columns[3].B)
				p, hi := everything(d, n%2*longChain), n
				if d == ir.Spans {
					want.Rows, hi = []int32{0, int32(n)}, 1
					found.Rows = want.Rows
				}
				ir.Eval(p, want, 0, hi)
				compile(t, backend, p).Run(found, 0, hi)
				same(t, want, found)
			}
		}
	})
}

// Masks go to memory where a program has more of them at once than there are registers for them.
func TestManyMasksAtOnce(t *testing.T) {
	inEveryForm(t, func(t *testing.T, backend ir.Backend) {
		b := ir.NewBuilder("masks", ir.All)
		b.Column(0, ir.Float64)
		b.Column(1, ir.Int64)
		b.Column(2, ir.Bool)
		x := b.Load(0)
		var list []ir.Value
		for k := range 20 {
			list = append(list, b.Lt(x, b.Float(float64(k))))
		}
		sum, all := b.Int(0), b.Load(2)
		for k, m := range list {
			sum = b.Add(sum, b.Mul(b.ToInt(m), b.Int(int64(1)<<k)))
		}
		for k, m := range list {
			all = b.Xor(b.Select(m, all, list[(k*7+3)%20]), b.Not(m))
		}
		b.Store(1, sum)
		b.Store(2, all)
		p := b.Program()
		want, found := &ir.Frame{}, &ir.Frame{}
		for _, f := range []*ir.Frame{want, found} {
			f.Columns = []ir.Column{{F: make([]float64, 45)}, {I: make([]int64, 45)}, {B: make([]bool, 45)}}
			for i := range 45 {
				f.Columns[0].F[i], f.Columns[2].B[i] = math.Floor(float64(i)/2)-1, i%3 == 0
			}
		}
		ir.Eval(p, want, 0, 45)
		compile(t, backend, p).Run(found, 0, 45)
		same(t, want, found)
	})
}
