package engine

import "github.com/golgi-sim/golgi/sim/internal/ir"

// A split is a call over rows that a crew runs in parts: contiguous rows each, with a frame of their own over the same
// columns. What they emit is put together in the order of the rows, so that nothing tells how many there were.
type split struct {
	crew   *Crew
	call   *Call
	least  int // rows from which on it pays
	frames []ir.Frame
	lo, hi int
	pace   pace
}

// Split lets a crew run the call where that is worth it, for so many instructions times rows. No row may see or write what
// another writes. The random numbers that the call shows are drawn by the crew too.
func (c *Call) Split(crew *Crew, worth int) {
	for _, n := range c.noise {
		n.noise.fill.Split(crew, worth)
	}
	if len(c.hosts) > 0 {
		return
	}
	s := &split{crew: crew, call: c, least: 1 + worth/(1+c.length), frames: make([]ir.Frame, shares*crew.Size())}
	for k := range s.frames {
		s.frames[k] = ir.Frame{Columns: c.frame.Columns, Uniforms: make([]uint64, len(c.frame.Uniforms)), Scratch: make([]uint64, len(c.frame.Scratch))}
		if room := cap(c.frame.Out); room > 0 {
			s.frames[k].Out = make([]int32, 0, room/len(s.frames)+partRows)
		}
	}
	c.split = s
}

// shares is the number of parts for each member: more would even out processors of unequal speed, but each part computes what
// all rows share anew.
const shares = 2

// Parts is the number of parts.
func (s *split) Parts() int { return len(s.frames) }

// partRows is what the first row of a part is a multiple of, counted from the first: the elements of a line of the cache,
// which two parts should not share, are 64 at most.
const partRows = 64

func (s *split) run(lo, hi int) {
	c := s.call
	if !s.pace.begin(hi - lo) {
		c.loop.Run(&c.frame, lo, hi)
		s.pace.end()
		return
	}
	s.lo, s.hi = lo, hi
	for k := range s.frames {
		copy(s.frames[k].Uniforms, c.frame.Uniforms)
		s.frames[k].Out = s.frames[k].Out[:0]
	}
	s.crew.Do(s)
	s.pace.end()
	for k := range s.frames {
		c.frame.Out = append(c.frame.Out, s.frames[k].Out...)
	}
}

// Part runs the call for the rows of part k.
func (s *split) Part(k int) {
	s.call.loop.Run(&s.frames[k], s.bound(k), s.bound(k+1))
}

// bound is where part k begins.
func (s *split) bound(k int) int {
	if k == len(s.frames) {
		return s.hi
	}
	return s.lo + (s.hi-s.lo)*k/len(s.frames)/partRows*partRows
}
