package session

import (
	"fmt"
	"strings"
	"time"

	"github.com/golgi-sim/golgi/sim"
	"github.com/golgi-sim/golgi/units"
)

// patience is how long a run goes on before its progress is shown.
const patience = time.Second

// A bar shows how far a run is.
type bar struct {
	done    float64 // from 0 to 1
	now     units.Quantity
	end     units.Quantity
	elapsed time.Duration
	over    bool
	stopped bool
}

const barWidth = 30

func (b bar) String() string {
	filled := int(b.done*barWidth + 0.5)
	line := strings.Repeat("█", filled) + strings.Repeat("░", barWidth-filled)
	if b.over {
		return fmt.Sprintf("%s %3.0f %%  simulated to %v in %v", line, 100*b.done, b.now, seconds(b.elapsed))
	}
	if b.stopped {
		return fmt.Sprintf("%s %3.0f %%  stopped at %v of %v", line, 100*b.done, b.now, b.end)
	}
	left := "?"
	if b.done > 0 {
		left = seconds(time.Duration(float64(b.elapsed) * (1 - b.done) / b.done))
	}
	return fmt.Sprintf("%s %3.0f %%  %v of %v, %s left", line, 100*b.done, b.now, b.end, left)
}

func seconds(d time.Duration) string {
	if d >= time.Minute {
		return fmt.Sprintf("%d min %d s", int(d.Minutes()), int(d.Seconds())%60)
	}
	if d < time.Second {
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

// A display shows the bar of one run, with updates of one output.
type display struct {
	s       *Session
	id      string
	after   time.Duration // nothing is shown before
	visible bool
	last    bar
}

// display makes the display of a run that is about to begin.
func (s *Session) display(after time.Duration) *display {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bars++
	d := &display{s: s, id: fmt.Sprintf("golgi-progress-%x-%d", s.tag, s.bars), after: after}
	s.cell.bars = append(s.cell.bars, d)
	return d
}

func (d *display) update(p sim.Progress) {
	d.last = barOf(p)
	if d.visible || d.last.elapsed >= d.after {
		d.visible = true
		d.s.host.ShowAs(d.id, d.last)
	}
}

// end says where a run stopped that did not come to its end.
func (d *display) end() {
	if d.visible && !d.last.over {
		d.last.stopped = true
		d.s.host.ShowAs(d.id, d.last)
	}
}

func barOf(p sim.Progress) bar {
	b := bar{now: p.Now, end: p.End, elapsed: p.Elapsed, done: 1, over: p.Now.SI() >= p.End.SI()}
	if span := p.End.SI() - p.Start.SI(); span > 0 {
		b.done = min(max((p.Now.SI()-p.Start.SI())/span, 0), 1)
	}
	return b
}

// Report is an option of Run: it shows the progress at once, or tells it to a function.
func (s *Session) Report(f ...func(sim.Progress)) sim.Option {
	if len(f) > 0 {
		return sim.Report(f[0])
	}
	return sim.Report(s.display(0).update)
}
