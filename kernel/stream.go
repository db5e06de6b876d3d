package kernel

import (
	"fmt"
	"time"

	"github.com/golgi-sim/golgi/kernel/wire"
)

const (
	textPause   = 50 * time.Millisecond // text waits this long for more to go with it
	textSize    = 64 << 10              // bytes that go at once
	mostText    = 1 << 20               // bytes of text a cell may show: servers drop more than 1 MB a second
	mostChanges = 20                    // between stdout and stderr in one go, before each is sent whole
)

// A piece is text of one stream.
type piece struct {
	name string
	text []byte
}

// pieces collects what a cell writes, in order, until it is sent. It is not safe for concurrent use.
type pieces struct {
	list  []piece
	size  int // bytes waiting
	shown int // bytes taken so far
}

// add copies text to the end. Beyond mostText bytes of a cell it keeps a notice instead.
func (p *pieces) add(name string, text []byte) {
	room := mostText - p.shown
	if room < 0 {
		return
	}
	p.shown += len(text)
	if len(text) <= room {
		p.append(name, text)
		return
	}
	p.shown = mostText + 1
	p.append(name, text[:room])
	p.append("stderr", fmt.Appendf(nil, "\n… the output of this cell ends here, after %d MB: print less, or write to a file\n", mostText>>20))
}

func (p *pieces) append(name string, text []byte) {
	if n := len(p.list); n == 0 || p.list[n-1].name != name {
		p.list = append(p.list, piece{name: name})
	}
	last := &p.list[len(p.list)-1]
	last.text = append(last.text, text...)
	p.size += len(text)
}

// take gives what waits, the bytes of a rune together. The start of a rune at the end of a stream stays for the next
// time, unless this is the last.
func (p *pieces) take(last bool) []piece {
	ready := p.list
	if len(ready) > mostChanges {
		ready = sorted(ready)
	}
	p.list, p.size = nil, 0
	begun := map[string][]byte{}
	for i := range ready {
		text, rest := wire.Text(append(begun[ready[i].name], ready[i].text...))
		ready[i].text, begun[ready[i].name] = []byte(text), rest
	}
	for name, rest := range begun {
		if len(rest) > 0 && last {
			ready = append(ready, piece{name, rest})
		} else if len(rest) > 0 {
			p.append(name, rest)
		}
	}
	return ready
}

// sorted joins the pieces of each stream.
func sorted(list []piece) []piece {
	var joined []piece
	where := map[string]int{}
	for _, next := range list {
		i, known := where[next.name]
		if !known {
			i = len(joined)
			where[next.name] = i
			joined = append(joined, piece{name: next.name})
		}
		joined[i].text = append(joined[i].text, next.text...)
	}
	return joined
}
