package ir

import "fmt"

// A pass is one step of Optimize: it returns the new order and choice of instructions as a list of old numbers.
type pass struct {
	name string
	why  string
	run  func(*Program) []Value
}

// passes in the order they run. Between passes the program must pass Check.
var passes = []pass{
	{"overwritten", "first, so that what only a lost store needed is dead too", keepLastStores},
	{"dead", "before anything is moved, so that less is", keepLive},
	{"sink", "stores last: a backend may then read columns in place and write results straight into them", sinkStores},
	{"hoist", "last, since it only sorts: uniform work first, where a backend does it once a call", hoistUniform},
}

// Optimize returns an equivalent program that does less. Eval of both gives the same bits.
func Optimize(p *Program) *Program {
	for _, pass := range passes {
		p = p.pick(pass.run(p))
		if err := p.Check(); err != nil {
			panic(fmt.Sprintf("ir: pass %s: %v", pass.name, err))
		}
	}
	return p
}

// pick is the program of the chosen instructions, in that order, with their operands renumbered.
func (p *Program) pick(chosen []Value) *Program {
	renamed := make([]Value, len(p.Code))
	code := make([]Instr, len(chosen))
	for at, old := range chosen {
		in := p.Code[old]
		for k, operand := range []*Value{&in.A, &in.B, &in.C}[:in.Op.Arity()] {
			*operand = renamed[in.Operands()[k]]
		}
		code[at] = in
		renamed[old] = Value(at)
	}
	return &Program{Name: p.Name, Domain: p.Domain, Columns: p.Columns, Code: code}
}

// keepLastStores drops a store that is overwritten before anything reads its column.
func keepLastStores(p *Program) []Value {
	lost := make([]bool, len(p.Code))
	pending := make([]Value, len(p.Columns)) // the last store that nothing has read yet, or -1
	for k := range pending {
		pending[k] = -1
	}
	for i, in := range p.Code {
		if !in.Op.UsesColumn() {
			continue
		}
		if in.Op == Store && pending[in.Imm] >= 0 {
			lost[pending[in.Imm]] = true
		}
		pending[in.Imm] = -1
		if in.Op == Store {
			pending[in.Imm] = Value(i)
		}
	}
	return where(len(lost), func(i int) bool { return !lost[i] })
}

// keepLive drops what has no effect and is not needed by anything that has.
func keepLive(p *Program) []Value {
	live := make([]bool, len(p.Code))
	for i := len(p.Code) - 1; i >= 0; i-- {
		in := p.Code[i]
		live[i] = live[i] || in.Op.Writes()
		if live[i] {
			for _, v := range in.Operands() {
				live[v] = true
			}
		}
	}
	return where(len(live), func(i int) bool { return live[i] })
}

// sinkStores moves each store behind everything that does not use its column afterwards.
func sinkStores(p *Program) []Value {
	last := make([]int, len(p.Columns))
	for i, in := range p.Code {
		if in.Op.UsesColumn() {
			last[in.Imm] = i
		}
	}
	sinks := func(i int) bool { return p.Code[i].Op == Store && last[p.Code[i].Imm] == i }
	stay := where(len(p.Code), func(i int) bool { return !sinks(i) })
	return append(stay, where(len(p.Code), sinks)...)
}

// hoistUniform puts uniform values first, in their order.
func hoistUniform(p *Program) []Value {
	uniform := p.Uniform()
	first := where(len(uniform), func(i int) bool { return uniform[i] })
	return append(first, where(len(uniform), func(i int) bool { return !uniform[i] })...)
}

// where lists the numbers below n that a condition holds for.
func where(n int, holds func(int) bool) []Value {
	var list []Value
	for i := range n {
		if holds(i) {
			list = append(list, Value(i))
		}
	}
	return list
}
