package ir

import "fmt"

// Column declares that column k has storage class s. Declaring it again alike is fine.
func (b *Builder) Column(k int, s Storage) {
	for len(b.program.Columns) <= k {
		b.program.Columns = append(b.program.Columns, NoStorage)
	}
	if was := b.program.Columns[k]; was != NoStorage && was != s {
		panic(fmt.Sprintf("ir: program %q: column %d declared as %s and as %s", b.program.Name, k, was, s))
	}
	b.program.Columns[k] = s
}

func (b *Builder) storage(k int) Storage {
	if k < 0 || k >= len(b.program.Columns) || b.program.Columns[k] == NoStorage {
		panic(fmt.Sprintf("ir: program %q: column %d is not declared", b.program.Name, k))
	}
	return b.program.Columns[k]
}

// Load is the row's own element of column k as it is at this point of the program.
func (b *Builder) Load(k int) Value {
	if v, ok := b.current[k]; ok {
		return v
	}
	s := b.storage(k)
	v := b.share(Instr{Op: Load, Type: s.Type(), Storage: s, Imm: uint64(k)}, b.written[k])
	b.current[k] = v
	return v
}

// Store writes v to the row's own element of column k. An integer goes into a float column as a number, a mask into an
// integer column as 0 or 1.
func (b *Builder) Store(k int, v Value) {
	v = b.stored(k, v)
	s := b.storage(k)
	b.append(Instr{Op: Store, Storage: s, A: v, Imm: uint64(k)})
	b.wrote(k)
	if s != Int32 { // a later Load of an int32 column sees what fitted in
		b.current[k] = v
	}
}

// StoreIf writes v to the row's own element of column k where m is true.
func (b *Builder) StoreIf(k int, m, v Value) { b.Store(k, b.Select(m, b.stored(k, v), b.Load(k))) }

// stored converts a value to what column k keeps.
func (b *Builder) stored(k int, v Value) Value {
	want := b.storage(k).Type()
	switch {
	case want == F64:
		v = b.ToFloat(v)
	case want == I64 && b.Type(v) == Mask:
		v = b.ToInt(v)
	}
	if found := b.Type(v); found != want {
		panic(fmt.Sprintf("ir: program %q: found a %s for column %d, expected %s", b.program.Name, found, k, want))
	}
	return v
}

// wrote forgets what was read from column k.
func (b *Builder) wrote(k int) {
	b.written[k]++
	delete(b.current, k)
}

// Gather is element index of column k as it is at this point of the program.
func (b *Builder) Gather(k int, index Value) Value {
	s := b.storage(k)
	return b.share(Instr{Op: Gather, Type: s.Type(), Storage: s, A: b.index(index), Imm: uint64(k)}, b.written[k])
}

// Scatter writes v to element index of column k.
func (b *Builder) Scatter(k int, index, v Value) { b.scatter(Scatter, k, index, v) }

// ScatterIf writes v to element index of column k where m is true. Other rows write back what they read, so rows cannot
// be taken in blocks; ScatterAddIf and ScatterMulIf are free of that.
func (b *Builder) ScatterIf(k int, index, m, v Value) {
	b.Scatter(k, index, b.Select(m, b.stored(k, v), b.Gather(k, index)))
}

// ScatterAdd adds v to element index of column k.
func (b *Builder) ScatterAdd(k int, index, v Value) { b.scatter(ScatterAdd, k, index, v) }

// ScatterAddIf adds v to element index of column k where m is true. Elsewhere it adds -0, which changes no number.
func (b *Builder) ScatterAddIf(k int, index, m, v Value) {
	nothing := b.Int(0)
	if b.storage(k) == Float64 {
		nothing = b.Float(negativeZero)
	}
	b.ScatterAdd(k, index, b.Select(m, b.stored(k, v), nothing))
}

// ScatterMul multiplies element index of column k by v.
func (b *Builder) ScatterMul(k int, index, v Value) { b.scatter(ScatterMul, k, index, v) }

// ScatterMulIf multiplies element index of column k by v where m is true, and elsewhere by 1.
func (b *Builder) ScatterMulIf(k int, index, m, v Value) {
	b.ScatterMul(k, index, b.Select(m, b.stored(k, v), b.stored(k, b.Int(1))))
}

func (b *Builder) scatter(op Op, k int, index, v Value) {
	s := b.storage(k)
	if op != Scatter && s == Bool {
		panic(fmt.Sprintf("ir: program %q: %s to column %d, which is bool", b.program.Name, op, k))
	}
	b.append(Instr{Op: op, Storage: s, A: b.index(index), B: b.stored(k, v), Imm: uint64(k)})
	b.wrote(k)
}

func (b *Builder) index(v Value) Value {
	if b.Type(v) != I64 {
		panic(fmt.Sprintf("ir: program %q: found a %s as index, expected i64", b.program.Name, b.Type(v)))
	}
	return v
}

// Emit appends the row to the frame's Out where m is true.
func (b *Builder) Emit(m Value) {
	b.append(Instr{Op: Emit, A: b.mask(m)})
}
