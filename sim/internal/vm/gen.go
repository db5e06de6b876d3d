//go:build ignore

// The generator of zkernel.go: one loop for each arithmetic operation and each choice of uniform operands.
//
//	go run gen.go > zkernel.go
package main

import (
	"bytes"
	"fmt"
	"go/format"
	"log"
	"os"
	"strings"

	"github.com/golgi-sim/golgi/sim/internal/ir"
)

// expression is the Go code of each operation on a, b and c; the kernels are loops around it.
var expression = map[ir.Op]string{
	ir.Add: "a + b", ir.Sub: "a - b", ir.Mul: "a * b", ir.Div: "a / b", ir.Neg: "-a",
	ir.Abs: "math.Abs(a)", ir.Sqrt: "math.Sqrt(a)", ir.FMA: "math.FMA(a, b, c)", ir.Floor: "math.Floor(a)",
	ir.Ceil: "math.Ceil(a)", ir.Trunc: "math.Trunc(a)", ir.RoundEven: "math.RoundToEven(a)",
	ir.Min: "minimum(a, b)", ir.Max: "maximum(a, b)",
	ir.Lt: "one(a < b)", ir.Le: "one(a <= b)", ir.Eq: "one(a == b)", ir.Ne: "one(a != b)",
	ir.IAdd: "a + b", ir.ISub: "a - b", ir.IMul: "a * b", ir.INeg: "-a", ir.IAnd: "a & b", ir.IOr: "a | b",
	ir.IXor: "a ^ b", ir.IShl: "a << uint64(b)", ir.IShr: "a >> uint64(b)", ir.IUshr: "int64(uint64(a) >> uint64(b))",
	ir.MulU32: "int64(uint64(uint32(a)) * uint64(uint32(b)))",
	ir.ILt:    "one(a < b)", ir.ILe: "one(a <= b)", ir.IEq: "one(a == b)", ir.INe: "one(a != b)",
	ir.And: "a & b", ir.Or: "a | b", ir.Xor: "a ^ b", ir.Not: "a ^ 1",
	ir.FloatOfInt: "float64(a)", ir.IntOfFloat: "ir.TruncateToInt(a)", ir.BitsOfFloat: "bitsOf(a)",
	ir.FloatOfBits: "math.Float64frombits(uint64(a))", ir.IntOfMask: "int64(a)", ir.MaskOfInt: "one(a != 0)",
}

// spelling is how a type is written in a kernel: the Go type, and the methods that give a block and a scalar of it.
type spelling struct{ goType, block, scalar string }

var spellings = map[ir.Type]spelling{
	ir.F64:  {"float64", "vector", "real"},
	ir.I64:  {"int64", "integers", "integer"},
	ir.Mask: {"uint8", "flags", "flag1"},
	anyWord: {"uint64", "raw", "word"},
}

const anyWord ir.Type = 200 // numbers and integers alike

// A kernel is one loop to be written.
type kernel struct {
	op     ir.Op
	number string // of its first form, in Go
	name   string
	code   string
	result ir.Type
	args   []ir.Type
}

func kernels() []kernel {
	var list []kernel
	for n := 1; n < ir.NumOps; n++ {
		op := ir.Op(n)
		number := "int(ir." + goName(op) + ")*8"
		switch {
		case op == ir.Select:
			list = append(list, kernel{op, number, "select", "pick(a, b, c)", anyWord, []ir.Type{ir.Mask, anyWord, anyWord}},
				kernel{op, number + " + ofMasks", "selectmask", "c ^ (b^c)&-a", ir.Mask, []ir.Type{ir.Mask, ir.Mask, ir.Mask}})
		case expression[op] != "":
			result, args := op.Signature()
			list = append(list, kernel{op, number, op.String(), expression[op], result, args})
		}
	}
	three := []ir.Type{ir.F64, ir.F64, ir.F64}
	return append(list,
		kernel{ir.FMA, "mulAdd", "muladd", "float64(a*b) + c", ir.F64, three},
		kernel{ir.FMA, "mulSub", "mulsub", "float64(a*b) - c", ir.F64, three},
		kernel{ir.FMA, "subMul", "submul", "c - float64(a*b)", ir.F64, three})
}

// forms are the combinations of uniform operands that can occur: not all of them, and of a commuting pair the second.
func (k kernel) forms() []int {
	var list []int
	for form := range 1<<len(k.args) - 1 {
		uniformProduct := k.op == ir.FMA && k.name != "fma" && form&3 == 3
		if !(k.op.Commutes() && form&3 == 1) && !uniformProduct {
			list = append(list, form)
		}
	}
	return list
}

func (k kernel) write(out *bytes.Buffer, form int) {
	d := spellings[k.result]
	fmt.Fprintf(out, "\n// r = %s\nfunc %s(d []%s", k.code, k.function(form), d.goType)
	var blocks []string
	code := k.code
	for i, t := range k.args {
		name, slices := string(rune('a'+i)), ""
		if form>>i&1 == 0 {
			blocks = append(blocks, name)
			slices = "[]"
		}
		fmt.Fprintf(out, ", %s %s%s", name, slices, spellings[t].goType)
	}
	fmt.Fprintf(out, ") {\n")
	for _, name := range blocks {
		fmt.Fprintf(out, "%s = %s[:len(d)]\n", name, name)
		code = indexed(code, name)
	}
	if wide := wideMasks[k.op]; wide != "" {
		k.writeWide(out, wide, form)
		return
	}
	fmt.Fprintf(out, "for i := range d {\nd[i] = %s\n}\n}\n", code)
}

// wideMasks is the code of operations on eight masks in a word.
var wideMasks = map[ir.Op]string{ir.And: "a & b", ir.Or: "a | b", ir.Xor: "a ^ b", ir.Not: "a ^ eachByte"}

// writeWide loops over words of eight masks, and then over what is left.
func (k kernel) writeWide(out *bytes.Buffer, wide string, form int) {
	narrow := k.code
	for i := range k.args {
		name := string(rune('a' + i))
		if form>>i&1 == 0 {
			wide, narrow = strings.Replace(wide, name+" ", "eight("+name+"[i:]) ", 1), indexed(narrow, name)
			if strings.HasSuffix(wide, " "+name) {
				wide = strings.TrimSuffix(wide, name) + "eight(" + name + "[i:])"
			}
		} else {
			wide = strings.TrimSuffix(wide, name) + "(eachByte * uint64(" + name + "))"
		}
	}
	fmt.Fprintf(out, "i := 0\nfor ; i+8 <= len(d); i += 8 {\nputEight(d[i:], %s)\n}\nfor ; i < len(d); i++ {\nd[i] = %s\n}\n}\n", wide, narrow)
}

// indexed replaces the variable by its element i.
func indexed(code, name string) string {
	var out strings.Builder
	isLetter := func(i int) bool {
		return i >= 0 && i < len(code) && (code[i] >= 'a' && code[i] <= 'z' || code[i] >= 'A' && code[i] <= 'Z' || code[i] >= '0' && code[i] <= '9')
	}
	for i := range len(code) {
		out.WriteByte(code[i])
		if code[i:i+1] == name && !isLetter(i-1) && !isLetter(i+1) {
			out.WriteString("[i]")
		}
	}
	return out.String()
}

// function is the kernel's name: the operation and a letter an operand, V for a block and S for a scalar.
func (k kernel) function(form int) string {
	name := k.name
	for i := range k.args {
		name += string("VS"[form>>i&1])
	}
	return name
}

func (k kernel) writeCase(out *bytes.Buffer, form int) {
	fmt.Fprintf(out, "case %s + %d:\n%s(m.%s(s.d)", k.number, form, k.function(form), spellings[k.result].block)
	for i, t := range k.args {
		method := spellings[t].block
		if form>>i&1 == 1 {
			method = spellings[t].scalar
		}
		fmt.Fprintf(out, ", m.%s(s.%c)", method, 'a'+i)
	}
	fmt.Fprintf(out, ")\n")
}

// goName is the operation's identifier in package ir.
func goName(op ir.Op) string {
	for _, name := range strings.Fields(`Add Sub Mul Div Neg Abs Sqrt FMA Floor Ceil Trunc RoundEven Min Max Lt Le Eq Ne
		IAdd ISub IMul INeg IAnd IOr IXor IShl IShr IUshr MulU32 ILt ILe IEq INe And Or Xor Not Select
		FloatOfInt IntOfFloat BitsOfFloat FloatOfBits IntOfMask MaskOfInt`) {
		if strings.ToLower(name) == op.String() {
			return name
		}
	}
	return "" // an operation without a kernel
}

func generate() ([]byte, error) {
	var out bytes.Buffer
	out.WriteString("// Code generated by go run gen.go; DO NOT EDIT.\n\npackage vm\n\nimport (\n\"math\"\n\n\"github.com/golgi-sim/golgi/sim/internal/ir\"\n)\n\n")
	out.WriteString("// step runs one step for the block at hand.\nfunc (m *machine) step(s *step) {\nswitch s.kernel {\ncase 0:\nm.access(s)\n")
	out.WriteString("case spreadWords:\nfill(m.raw(s.d), m.word(s.a))\ncase spreadMasks:\nfill(m.flags(s.d), m.flag1(s.a))\ncase hornerKernel:\nm.horner(s)\n")
	for _, k := range kernels() {
		for _, form := range k.forms() {
			k.writeCase(&out, form)
		}
	}
	out.WriteString("default:\npanic(\"vm: no kernel for \" + s.op.String())\n}\n}\n")
	for _, k := range kernels() {
		for _, form := range k.forms() {
			k.write(&out, form)
		}
	}
	return format.Source(out.Bytes())
}

func main() {
	source, err := generate()
	if err != nil {
		log.Fatal(err)
	}
	os.Stdout.Write(source)
}
