package ir

import (
	"testing"
)

func TestEveryPassSaysWhy(t *testing.T) {
	for _, pass := range passes {
		if pass.name == "" || pass.why == "" {
			t.Errorf("pass %q has no name or reason", pass.name)
		}
	}
}

func TestDeadCodeGoes(t *testing.T) {
	b := columns(All, Float64, Float64)
	b.Sqrt(b.Load(1))
	b.Store(0, b.Float(1))
	if n := len(Optimize(b.Program()).Code); n != 2 {
		t.Errorf("found %d instructions, expected constant and store", n)
	}
}

func TestOverwrittenStoresGo(t *testing.T) {
	b := columns(All, Float64, Float64)
	b.Store(0, b.Sqrt(b.Load(1)))
	b.Store(0, b.Load(1))
	if p := Optimize(b.Program()); counted(p, Store) != 1 || counted(p, Sqrt) != 0 {
		t.Errorf("the first store is still there\n%s", p)
	}
}

func TestStoresThatAreReadStay(t *testing.T) {
	b := columns(All, Float64, Float64)
	b.Store(0, b.Float(1))
	b.Store(1, b.Gather(0, b.Int(0)))
	b.Store(0, b.Float(2))
	if p := Optimize(b.Program()); counted(p, Store) != 3 {
		t.Errorf("found %d stores, expected 3\n%s", counted(p, Store), p)
	}
}

func TestUniformWorkComesFirstAndStoresLast(t *testing.T) {
	b := columns(All, Float64, Float64)
	x := b.Load(0)
	b.Store(0, b.Add(x, b.Float(1)))
	b.Store(1, b.Mul(x, b.Sqrt(b.Uniform(0, F64))))
	p := Optimize(b.Program())
	uniform := p.Uniform()
	for i := 1; i < len(uniform); i++ {
		if uniform[i] && !uniform[i-1] {
			t.Errorf("v%d is uniform and stands behind row work\n%s", i, p)
		}
	}
	if n := len(p.Code); p.Code[n-1].Op != Store || p.Code[n-2].Op != Store {
		t.Errorf("stores are not last\n%s", p)
	}
}

func TestShapes(t *testing.T) {
	b := columns(All, Float64, Float64)
	shared := b.Gather(0, b.Int(0))
	gathered := b.Gather(0, b.Row())
	changing := b.Gather(1, b.Int(0))
	b.Store(1, b.Float(1))
	mixed := b.Add(shared, gathered)
	scaled := b.Mul(shared, b.Uniform(0, F64))
	uniform := b.Program().Uniform()
	for v, want := range map[Value]bool{shared: true, gathered: false, changing: false, mixed: false, scaled: true} {
		if uniform[v] != want {
			t.Errorf("v%d: found uniform %v, expected %v\n%s", v, uniform[v], want, b.Program())
		}
	}
}

func TestWhichProgramsLetRowsMix(t *testing.T) {
	for name, c := range map[string]struct {
		build func(b *Builder)
		want  bool
	}{
		"own rows":                     {func(b *Builder) { b.Store(0, b.Mul(b.Load(0), b.Load(1))) }, true},
		"add weights":                  {func(b *Builder) { b.ScatterAdd(0, b.Load(3), b.Load(1)) }, true},
		"add, skipping the refractory": {func(b *Builder) { at := b.Load(3); b.ScatterAddIf(0, at, b.Gather(2, at), b.Load(1)) }, true},
		"add what is added to":         {func(b *Builder) { b.ScatterAdd(0, b.Load(3), b.Load(0)) }, false},
		"add twice":                    {func(b *Builder) { b.ScatterAdd(0, b.Load(3), b.Load(1)); b.ScatterAdd(0, b.Row(), b.Load(1)) }, false},
		"write elsewhere":              {func(b *Builder) { b.Scatter(0, b.Load(3), b.Load(1)) }, true},
		"write where":                  {func(b *Builder) { b.ScatterIf(0, b.Load(3), b.Load(2), b.Load(1)) }, false},
		"gather what is stored":        {func(b *Builder) { b.Store(0, b.Gather(0, b.Load(3))) }, false},
		"emit twice":                   {func(b *Builder) { b.Emit(b.Load(2)); b.Emit(b.Not(b.Load(2))) }, false},
	} {
		b := columns(All, Float64, Float64, Bool, Int32)
		c.build(b)
		if got := b.Program().RowsMayMix(); got != c.want {
			t.Errorf("%s: found %v, expected %v", name, got, c.want)
		}
	}
}

func TestWhichProgramsKeepRowsOfDifferentIndicesApart(t *testing.T) {
	for name, c := range map[string]struct {
		build func(b *Builder)
		want  bool
	}{
		"add weights":             {func(b *Builder) { b.ScatterAdd(0, b.Load(3), b.Load(1)) }, true},
		"write by the old value":  {func(b *Builder) { at := b.Load(3); b.Scatter(0, at, b.Mul(b.Gather(0, at), b.Load(1))) }, true},
		"own rows too":            {func(b *Builder) { b.ScatterAdd(0, b.Load(3), b.Load(1)); b.Store(1, b.Float(1)) }, true},
		"read by another index":   {func(b *Builder) { b.ScatterAdd(0, b.Load(3), b.Gather(1, b.Load(4))) }, true},
		"write by another index":  {func(b *Builder) { b.ScatterAdd(0, b.Load(4), b.Load(1)) }, false},
		"write by a sum":          {func(b *Builder) { b.ScatterAdd(0, b.Add(b.Load(3), b.Int(1)), b.Load(1)) }, false},
		"read elsewhere":          {func(b *Builder) { b.Scatter(0, b.Load(3), b.Gather(0, b.Load(4))) }, false},
		"write what a row owns":   {func(b *Builder) { b.ScatterAdd(0, b.Load(3), b.Load(0)) }, false},
		"read what a row stores":  {func(b *Builder) { b.Store(0, b.Gather(0, b.Load(3))) }, false},
		"emit":                    {func(b *Builder) { b.Emit(b.Load(2)) }, false},
		"write the shared number": {func(b *Builder) { b.ScatterAdd(0, b.Int(0), b.Load(1)) }, false},
	} {
		b := columns(Spans, Float64, Float64, Bool, Int32, Int32)
		c.build(b)
		if got := b.Program().RowsApartBy(3); got != c.want {
			t.Errorf("%s: found %v, expected %v", name, got, c.want)
		}
	}
}
