package sim

import "slices"

// MakeRoom makes room for what grows with the number of events, so that what else allocates can be seen: the lists of
// spike and event monitors, and the events on their way through synapses. It may be called between the tasks of a run.
func (n *Network) MakeRoom(events int) {
	for _, o := range n.objects {
		switch o := o.(type) {
		case *SpikeMonitor:
			o.log.Rows, o.log.Times = slices.Grow(o.log.Rows, events), slices.Grow(o.log.Times, events)
			for k := range o.log.Traces {
				o.log.Traces[k].Values = slices.Grow(o.log.Traces[k].Values, events)
			}
		case *Synapses:
			for _, p := range o.pathways {
				for k := range p.queue.Bins {
					p.queue.Bins[k] = slices.Grow(p.queue.Bins[k], 2*o.rows)
				}
			}
		}
	}
}

// ShareAlways makes threads share what would not be worth it, so that small models show what they do.
func (w *Workspace) ShareAlways() { w.worth = 0 }
