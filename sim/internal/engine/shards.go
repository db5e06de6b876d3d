package engine

import "slices"

// Shards is a pathway whose synapses a crew runs in parts, each with the synapses of a range of targets. A synapse reads
// and writes what is its own or its target's, so that the parts do not meet, and what happens at a target happens in the
// same order however many parts there are. Few spikes are not worth it: the pathway takes them by itself.
type Shards struct {
	*Pathway
	crew  *Crew
	least int // spans from which on it pays
	cuts  Cuts
	mids  [][]int32 // beside each bin of the queue: for each span the places where the parts but the first begin
	due   []int32   // of the step at hand, and where the parts begin
	mid   []int32
	step  int64
	calls []*Call
	spans [][]int32 // of each part
	pace  pace
}

// Cuts are, for each part of a fan's starts and for each row one after the other, the place where its synapses begin, those
// where the synapses to the second and later ranges of targets do, and where all end. They lie together, since a spike
// waits for each line of the cache.
type Cuts [][]int32

// CutByTarget finds the cuts for targets that ascend within a row, given the first targets of the ranges but the first.
func CutByTarget(starts [][]int32, targets, bounds []int32) Cuts {
	cuts := make(Cuts, len(starts))
	for k, part := range starts {
		cuts[k] = make([]int32, 0, (len(part)-1)*(len(bounds)+2))
		for row := range len(part) - 1 {
			cuts[k] = append(cuts[k], part[row])
			cuts[k] = appendCuts(cuts[k], part[row], part[row+1], targets, bounds)
			cuts[k] = append(cuts[k], part[row+1])
		}
	}
	return cuts
}

func appendCuts(to []int32, from, end int32, targets, bounds []int32) []int32 {
	for _, bound := range bounds {
		ahead, _ := slices.BinarySearch(targets[from:end], bound)
		from += int32(ahead)
		to = append(to, from)
	}
	return to
}

// NewShards divides a pathway over spans, whose synapses all have one delay, between the members of a crew. Targets are
// those of the synapses, bounds the first targets of the parts but the first.
func NewShards(p *Pathway, crew *Crew, least int, cuts Cuts, targets, bounds []int32) *Shards {
	s := &Shards{Pathway: p, crew: crew, least: least, cuts: cuts, mids: make([][]int32, len(p.Queue.Bins)), spans: make([][]int32, crew.Size())}
	for range s.spans {
		s.calls = append(s.calls, p.Call.twin())
	}
	for k, bin := range p.Queue.Bins {
		for at := 0; at < len(bin); at += 2 {
			s.mids[k] = appendCuts(s.mids[k], bin[at], bin[at+1], targets, bounds)
		}
	}
	return s
}

// Do is that of the pathway.
func (s *Shards) Do(c *Clock) {
	fan := s.Fan.(*Together)
	each := s.crew.Size() + 1
	for _, row := range s.Spikes.Within(s.Lo, s.Hi) {
		r := int(row) - s.Lo
		for _, cuts := range s.cuts {
			cut := cuts[r*each : (r+1)*each]
			if from, to := cut[0], cut[each-1]; from < to {
				bin := s.Queue.add(fan.Delay, from, to)
				s.mids[bin] = append(s.mids[bin], cut[1:each-1]...)
			}
		}
	}
	at := s.Queue.At
	s.due, s.mid = s.Queue.take(), s.mids[at]
	s.mids[at] = s.mid[:0]
	switch {
	case len(s.due) == 0:
	case len(s.due)/2 < s.least:
		s.Call.SpansAt(s.Own.Time(), c.Step, s.due)
	case s.pace.begin(len(s.due)):
		s.step = c.Step
		s.crew.Do(s)
		s.pace.end()
	default:
		s.Call.SpansAt(s.Own.Time(), c.Step, s.due)
		s.pace.end()
	}
}

// Parts is the number of ranges of targets.
func (s *Shards) Parts() int { return len(s.spans) }

// Part runs the synapses to the k-th range of targets.
func (s *Shards) Part(k int) {
	each := s.crew.Size() - 1
	spans := s.spans[k][:0]
	for at := 0; at < len(s.due); at += 2 {
		from, to := s.due[at], s.due[at+1]
		mid := s.mid[at/2*each:][:each]
		if k > 0 {
			from = mid[k-1]
		}
		if k < each {
			to = mid[k]
		}
		spans = append(spans, from, to)
	}
	s.spans[k] = spans
	s.calls[k].SpansAt(s.Own.Time(), s.step, spans)
}
