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
	talk(t, "a := 1; b := []int{1}; a = 2; i := 5; b[i] = 3; a = 9", "Panic: runtime error: index out of range", "a", "2")
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
		n := open(t)
		n.run("kept := 41; func f() int { return kept + 1 }")
		ctx, cancel := context.WithCancel(context.Background())
		var asked time.Time
		time.AfterFunc(30*time.Millisecond, func() { asked = time.Now(); cancel() })
		_, err := n.try(ctx, text)
		var c *kernel.CellError
		if !errors.As(err, &c) || c.Name != "Interrupted" {
			t.Errorf("%s: %v", text, err)
		}
		if d := time.Since(asked); d > 50*time.Millisecond {
			t.Errorf("%s: stopped after %v", text, d)
		}
		if got := n.run("f()"); got != "42" {
			t.Errorf("%s: f() gives %q afterwards", text, got)
		}
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
