package cell

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/golgi-sim/golgi/kernel"
)

// A notebook runs cells one after the other.
type notebook struct {
	t     *testing.T
	in    *Interpreter
	count int
	out   *output
}

func open(t *testing.T) *notebook {
	t.Helper()
	in, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	return &notebook{t: t, in: in}
}

// run gives the cell's output and its shown value; an error is the end of both.
func (n *notebook) run(text string) string {
	n.t.Helper()
	got, err := n.try(context.Background(), text)
	if err != nil {
		var c *kernel.CellError
		if errors.As(err, &c) {
			return got + c.Error()
		}
		return got + "not a cell error: " + err.Error()
	}
	return got
}

func (n *notebook) try(ctx context.Context, text string) (string, error) {
	n.count++
	n.out = newOutput()
	result, err := n.in.Eval(ctx, kernel.Cell{Source: text, Count: n.count}, n.out)
	got := n.out.stdout()
	if result.Value != nil {
		got += result.Value.Data["text/plain"].(string)
	}
	return got, err
}

// talk runs pairs of a cell and what it must give.
func talk(t *testing.T, pairs ...string) {
	t.Helper()
	n := open(t)
	for i := 0; i < len(pairs); i += 2 {
		if got := n.run(pairs[i]); got != pairs[i+1] {
			t.Errorf("cell %q\n gives %q\n  want %q", pairs[i], got, pairs[i+1])
		}
	}
}

func TestLastExpressionIsShown(t *testing.T) {
	talk(t, "1 + 1", "2", "x := 3; x * 2", "6", "x;", "", "fmt.Println(x)", "3\n", "x = 4", "", "x", "4",
		"func f() (int, string) { return 1, \"a\" }; f()", "1 a", "var e error; e", "", "math.Sqrt(2)", "1.4142135623730951")
}

func TestNamesMayBeRedefined(t *testing.T) {
	talk(t,
		"x := 1; func f() int { return x }", "", "f()", "1",
		"x := 5", "", "f()", "5",
		"func g() int { return f() + 1 }; g()", "6",
		"func f() int { return 100 }", "", "g()", "101",
		"x := 2.5; x", "2.5",
		"x := 1; x := \"a\"; x", "a",
		"type T struct { A int }; t := T{1}; t", "{1}",
		"type T struct { A int }", "", "t = T{2}; t", "{2}",
		"type T struct { A, b string }; t := T{\"x\", \"y\"}; t", "{x y}",
		"func (t T) Len() int { return len(t.A) + len(t.b) }", "", "t.Len()", "2",
		"func (t T) Len() int { return 7 }", "", "t.Len()", "7",
	)
}

func TestOlderFunctionsSeeARedefinedVariable(t *testing.T) {
	talk(t, "k := 2; func show() string { return fmt.Sprint(k) }; show()", "2", "k := \"two\"", "", "show()", "two")
}

func TestStateOfAFailedCellStays(t *testing.T) {
	talk(t, "a := 1; b := []int{1}; a = 2; i := 5; b[i] = 3; a = 9", "Panic: runtime error: index out of range [5] with length 1", "a", "2")
}

func TestGoroutinePanicIsACellError(t *testing.T) {
	talk(t, "go func() { panic(\"lost\") }(); time.Sleep(2*time.Second)", "Panic: lost", "1", "1")
}

func TestExitIsRefused(t *testing.T) {
	talk(t, "os.Exit(3)", "Exit: a cell cannot end the kernel (os.Exit(3))", "2", "2")
}

func TestErrorsShowLineAndCaretAllAtOnce(t *testing.T) {
	n := open(t)
	_, err := n.try(context.Background(), "x := 1\ny := x + undefinedName\nvar s string = 5\n")
	var c *kernel.CellError
	if !errors.As(err, &c) {
		t.Fatalf("got %v", err)
	}
	trace := strings.Join(c.Traceback, "\n")
	for _, want := range []string{"In[1], line 2, column 10", "    y := x + undefinedName", "line 3, column 16", "    var s string = 5"} {
		if !strings.Contains(trace, want) {
			t.Errorf("no %q in\n%s", want, trace)
		}
	}
	_, err = n.try(context.Background(), "f := func(i int) int {\n\treturn 10 / i\n}\n\nf(1)\nf(0)\n")
	errors.As(err, &c)
	if trace := strings.Join(c.Traceback, "\n"); !strings.Contains(trace, "In[2], line 2") {
		t.Errorf("run-time panic elsewhere:\n%s", trace)
	}
}

func TestInterruptStopsWhatACellMayDo(t *testing.T) {
	for _, text := range []string{"for {}", "i := 0; for { i++ }", "time.Sleep(time.Hour)", "ch := make(chan int); <-ch", "select {}",
		"var mu sync.Mutex; mu.Lock(); mu.Lock()", "var wg sync.WaitGroup; wg.Add(1); wg.Wait()", "func() { defer func() { recover() }(); for {} }()"} {
		interrupted(t, text)
	}
}

// interrupted stops a cell that would run for ever; what was there before it still works. How fast it stops is measured by
// .ci/beside_ipykernel.sh.
func interrupted(t *testing.T, text string) {
	n := open(t)
	n.run("kept := 41; func f() int { return kept + 1 }")
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(20*time.Millisecond, cancel)
	_, err := n.try(ctx, text)
	var c *kernel.CellError
	if !errors.As(err, &c) || c.Name != "Interrupted" {
		t.Errorf("%s: %v", text, err)
	}
	if got := n.run("f()"); got != "42" {
		t.Errorf("%s: f() gives %q afterwards", text, got)
	}
}

func TestRecursionWithoutEndIsStopped(t *testing.T) {
	talk(t, "func f(n int) int { return f(n+1) + 1 }; f(0)", "Panic: a function calls itself without end", "3", "3")
}

func TestStandardInputAsksThePerson(t *testing.T) {
	n := open(t)
	n.count++
	n.out = newOutput()
	n.out.lines = []string{"7 8", "some words"}
	_, err := n.in.Eval(context.Background(), kernel.Cell{Source: "var a, b int; fmt.Scan(&a, &b); s := bufio.NewScanner(os.Stdin); s.Scan(); fmt.Println(a+b, s.Text())"}, n.out)
	if got := n.out.stdout(); err != nil || got != "15 some words\n" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestOutputOfAGoroutineGoesToItsCell(t *testing.T) {
	n := open(t)
	n.run("wake := make(chan bool); go func() { <-wake; fmt.Println(\"late\"); fmt.Fprintln(os.Stderr, \"err\"); wake <- true }()")
	first := n.out
	if got := n.run("wake <- true; <-wake"); got != "true" {
		t.Errorf("got %q", got)
	}
	if got := first.stdout(); got != "late\n" {
		t.Errorf("the first cell shows %q", got)
	}
}

func TestOddCells(t *testing.T) {
	talk(t,
		"", "", "// only a comment", "", "   \n\n", "", "import \"math/rand/v2\"", "", "rand.N(1)", "0",
		"import r1 \"math/rand\"; r1.New(r1.NewSource(1)).Intn(100)", "81",
		"τ_m := 10*ms; Vₘ := -70*mV; τ_m", "10 ms", "Vₘ", "-70 mV",
		"len := 3; len", "3", "%reset len", "", "len([]int{1})", "1",
		"func main() { fmt.Println(\"main\") }; main()", "main\n",
		"x, err := strconv.Atoi(\"5\"); y, err := strconv.Atoi(\"6\"); x + y", "11",
		"func f(a int) int { return a }; f(1)", "1", "func f(a, b string) string { return a + b }; f(\"x\", \"y\")", "xy",
		"type T struct { n int }; t1 := T{1}; type U struct { T; m int }; u := U{T{2}, 3}; u.n", "2",
		"t1", "{1}", "&t1", "&{1}", "[]T{{1}, {2}}", "[{1} {2}]", "map[string]T{\"a\": {4}}", "map[a:{4}]",
		"var i interface{} = t1; i.(T).n", "1", "any(3)", "3", "nil", "",
		"a := []int{1, 2, 3}\nfor i, v := range a {\n\ta[i] = v * v\n}\na", "[1 4 9]",
		"{ z := 3; fmt.Println(z) }", "3\n", "z", "Error: undefined: z",
		"if true { return }; fmt.Println(\"not reached\")", "",
		"var (\n\tp = 1\n\tq = \"s\"\n)\nfmt.Sprint(p, q)", "1s",
		"func() int { return 7 }()", "7", "struct{ A int }{5}", "{5}",
		"fmt.Println(\"a\"); 5", "a\n5", "v := 3; v++; v", "4", "v, w := 1, 2; v, w = w, v; v", "2",
		"s := \"a;b\" // ; not the end", "", "s;", "",
		"func g() (n int, err error) { return 4, nil }; g()", "4", "n := g(); n", "4",
		"type Celsius float64; func (c Celsius) String() string { return fmt.Sprintf(\"%.1f°C\", float64(c)) }; Celsius(3)", "3.0°C",
		"type Num interface { ~int | ~float64 }; func Twice[N Num](x N) N { return x + x }; Twice(2.5)", "5", "Twice(4)", "8",
		"e1 := errors.New(\"boom\"); e1", "boom",
		"type P struct { x int }; func (p *P) Error() string { return \"P!\" }; func mk() error { return &P{1} }; mk()", "P!",
		"const k = 3; const big = 1 << 40; k * big", "3298534883328", "const k = 4; k", "4",
		"type Q struct { a int; b [2]int }; q := Q{a: 1}; pq := &q; q = Q{a: 2}; pq.a", "2",
		"func inner() int { q := Q{a: 1}; p := &q; q = Q{a: 5}; arr := [2]int{1, 2}; pa := &arr; arr = [2]int{7, 8}; return p.a + pa[0] }; inner()", "12",
		"z2 := *pq; z2.a = 100; q.a", "2", "qs := []Q{{a: 1}}; p0 := &qs[0]; qs[0] = Q{a: 9}; p0.a", "9",
		"neg := -1; make([]int, neg)", "Panic: runtime error: makeslice: len out of range", "math.Sqrt", "func(float64) float64", "x9 :=", "SyntaxError: expected operand, found the end of the cell", "}", "SyntaxError: this } closes nothing",
		"var ne error; ne.Error()", "Panic: runtime error: invalid memory address or nil pointer dereference",
		"defer fmt.Println(\"end\"); fmt.Println(\"start\")", "start\nend\n",
		"L: for i := 0; ; i++ { if i == 3 { break L } }; fmt.Println(\"ok\")", "ok\n",
		"ch := make(chan string, 1); ch <- \"hi\"; <-ch", "hi",
		"sum := 0; for i := range 5 { sum += i }; sum", "10",
		"m := map[string]float64{\"a\": 1}; m[\"a\"] += 0.5; m", "map[a:1.5]",
		"time.Duration(1500)*time.Millisecond", "1.5s", "fs := []func(float64) float64{math.Sin, math.Cos}; fs[1](0)", "1",
	)
}

func TestTypesMayBeRedefinedAndOldValuesStay(t *testing.T) {
	talk(t,
		"type T struct { a int }; old := T{1}; func get(t T) int { return t.a }; get(old)", "1",
		"type T struct { a, b int }; neu := T{1, 2}; neu", "{1 2}",
		"old", "{1}", "get(neu)", "1",
		"type S interface { Area() float64 }; type Sq struct { s float64 }; func (q Sq) Area() float64 { return q.s * q.s }; var s S = Sq{3}; s.Area()", "9",
		"func (q Sq) Area() float64 { return 2 * q.s * q.s }; s.Area()", "18",
		"func total(list ...S) (sum float64) { for _, x := range list { sum += x.Area() }; return }; total(s, Sq{1})", "20",
	)
}

func TestRestrictedKernelHasNoShell(t *testing.T) {
	in, err := New(Options{Restricted: true})
	if err != nil {
		t.Fatal(err)
	}
	n := &notebook{t: t, in: in}
	for _, text := range []string{"!ls", "exec.Command(\"ls\").Run()", "import \"net\"; net.Dial(\"tcp\", \"localhost:1\")"} {
		if got := n.run(text); !strings.Contains(got, "not available here") {
			t.Errorf("%s gives %q", text, got)
		}
	}
	if got := n.run("1 + 1"); got != "2" {
		t.Errorf("afterwards 1 + 1 gives %q", got)
	}
}

func TestASimulationIsInterrupted(t *testing.T) {
	n := open(t)
	n.run("g := NeuronGroup(1000, \"dv/dt = -v/(10*ms) : 1\"); g.v = 1")
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(100*time.Millisecond, cancel)
	_, err := n.try(ctx, "Run(100000*second)")
	var c *kernel.CellError
	if !errors.As(err, &c) || c.Name != "Interrupted" {
		t.Errorf("got %v", err)
	}
	if got := n.run("Run(1*ms); len(g.v)"); !strings.HasSuffix(got, "1000") {
		t.Errorf("afterwards %q", got)
	}
}

func TestCallbacksOfTheSimulatorAreGoFunctions(t *testing.T) {
	n := open(t)
	if got := n.run("g := NeuronGroup(1, \"dv/dt = -v/(10*ms) : 1\")\ncount := 0\nop := NetworkOperation(func(t Quantity) { count++; g.v = t/second }, Dt(1*ms))\nRun(10*ms)\ncount"); !strings.HasSuffix(got, "10") {
		t.Errorf("got %q", got)
	}
	if got := n.run("func gain(x float64) float64 { return 2*x }\nfac := 3.0\nh := NeuronGroup(2, \"w = fac*i : 1\"); h.w"); !strings.HasSuffix(got, "[0 3]") {
		t.Errorf("got %q", got)
	}
}

func TestACellThatHangsInCompiledCodeIsLeftBehind(t *testing.T) {
	n := open(t)
	n.in.patience = 100 * time.Millisecond
	n.run("type T struct { a int }; type R struct { next *R; n int }; r := &R{n: 4}; kept := []Quantity{1*mV}; t := T{a: 2}; func double(x Quantity) Quantity { return 2*x }; func (t T) Get() int { return t.a }; var g interface{ Get() int } = t; m := map[string]int{\"k\": 3}")
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(30*time.Millisecond, cancel)
	start := time.Now()
	_, err := n.try(ctx, "exec.Command(\"sleep\", \"2\").Run(); fmt.Println(\"never\")")
	var c *kernel.CellError
	if !errors.As(err, &c) || c.Name != "Interrupted" {
		t.Errorf("got %v", err)
	}
	if d := time.Since(start); d > time.Second {
		t.Errorf("left after %v", d)
	}
	if got := n.out.text["stderr"]; got != "Warning: empty after this interrupt: r\n" {
		t.Errorf("what cannot be carried over: %q", got)
	}
	for text, want := range map[string]string{"r == nil": "true", "kept": "[1 mV]", "double(kept[0])": "2 mV", "m": "map[k:3]", "g.Get()": "2", "t.Get()": "2", "5*mV": "5 mV", "fmt.Sprint(1)": "1"} {
		if got := n.run(text); got != want {
			t.Errorf("%s gives %q, want %q", text, got, want)
		}
	}
}
