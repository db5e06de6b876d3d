package arm64

import "github.com/golgi-sim/golgi/sim/internal/ir"

// eachSpan writes code that runs for the rows of every span, or once where the domain is another.
func (c *compiler) eachSpan(rows func()) {
	if c.Program.Domain != ir.Spans {
		rows()
		return
	}
	again, done := c.newLabel(), c.newLabel()
	c.move(ldrX, moment, address{context, c.layout.Rows})
	c.scaled(spanNow, moment, rowNow, spanShift)
	c.scaled(value, moment, rowEnd, spanShift)
	c.move(strX, value, address{context, c.layout.Last})
	for ahead := range spansAhead {
		c.prefetchSpan(ahead)
	}
	c.bind(again)
	c.move(ldrX, value, address{context, c.layout.Last})
	c.compare(spanNow, value)
	c.jumpIf(ifNotBelow, done)
	c.prefetchSpan(spansAhead)
	c.move(ldrsw, rowNow, address{spanNow, 0})
	c.move(ldrsw, rowEnd, address{spanNow, spanSize / 2})
	c.advance(spanNow, spanNow, spanSize)
	rows()
	c.jump(again)
	c.bind(done)
}

// How far elements are asked for in advance was measured on amd64 alone.
const (
	spanSize   = 1 << spanShift // bytes of a span in Rows
	spanShift  = 3
	spansAhead = 3   // how long before its turn the elements of a span are asked for
	rowsAsked  = 128 // the rows of a span that are asked for; those of a longer one the processor foresees
	lineSize   = 64  // bytes of a line of the cache, at least
)

// prefetchSpan asks for the elements of the span that comes so many after the one at hand, if there is one.
func (c *compiler) prefetchSpan(ahead int) {
	again, over := c.newLabel(), c.newLabel()
	c.move(ldrX, value, address{context, c.layout.Last})
	c.advance(element, spanNow, ahead*spanSize)
	c.compare(element, value)
	c.jumpIf(ifNotBelow, over)
	c.move(ldrsw, index, address{element, 0})
	c.move(ldrsw, value, address{element, spanSize / 2})
	c.advance(element, index, rowsAsked)
	c.compare(value, element)
	c.three(cselGreater, value, element, value)
	c.bind(again)
	widest := c.ask()
	c.advance(index, index, lineSize/widest)
	c.compare(value, index)
	c.jumpIf(ifGreater, again)
	c.advance(index, value, -1)
	c.ask() // a span begins anywhere in a line, so the last one may be missing
	c.bind(over)
}

// ask prefetches the own elements of the row that index is the number of, and returns the size of the largest.
func (c *compiler) ask() (widest int) {
	widest = 1
	for _, in := range ownAccesses(c.Program) {
		c.move(prfm, 0, c.elementAt(in, index))
		widest = max(widest, size(in.Storage))
	}
	return widest
}
