package engine

import "slices"

// A Fan leads from a row to the places of its synapses, in their order of creation. [Together] and [Apart] are all there
// are.
type Fan interface{ send(q *Queue, row int) }

// Together is a fan whose synapses all have one delay. The synapses of a row lie side by side in each of the parts of
// Starts: those of row r at the places Starts[k][r] to Starts[k][r+1]-1.
type Together struct {
	Starts [][]int32
	Delay  int // [steps]
}

func (t *Together) send(q *Queue, row int) {
	for _, starts := range t.Starts {
		if starts[row] < starts[row+1] {
			q.add(t.Delay, starts[row], starts[row+1])
		}
	}
}

// Apart is a fan whose synapses have their own delays. Those of row r are the runs Starts[r] to Starts[r+1]-1.
type Apart struct {
	Starts []int32
	Runs   []Run
}

// A Run is places that lie side by side, of synapses of one row and one delay.
type Run struct {
	From, To int32
	Delay    int32 // [steps]
}

func (a *Apart) send(q *Queue, row int) {
	for _, run := range a.Runs[a.Starts[row]:a.Starts[row+1]] {
		q.add(int(run.Delay), run.From, run.To)
	}
}

// ByRow orders synapses by the row that each belongs to, rows of lo to lo+n-1, and in the order of their creation within
// a row. Those of row lo+r are at the places starts[r] to starts[r+1]-1.
func ByRow(rows []int32, lo, n int) (starts []int32, order *Order) {
	starts = make([]int32, n+1)
	for _, r := range rows {
		starts[int(r)-lo+1]++
	}
	for r := range n {
		starts[r+1] += starts[r]
	}
	order = &Order{Synapses: make([]int32, len(rows))}
	next := slices.Clone(starts)
	for s, r := range rows {
		order.Synapses[next[int(r)-lo]] = int32(s)
		next[int(r)-lo]++
	}
	return starts, order
}

// ByDelay orders the synapses of each row by their delays [steps], those with the same by creation. Starts and order are
// those of the rows.
func ByDelay(starts [][]int32, order *Order, delays []int32) (*Apart, *Order) {
	fan := &Apart{Starts: []int32{0}}
	sorted := make([]int32, 0, len(delays))
	for row := range len(starts[0]) - 1 {
		first := len(sorted)
		for _, part := range starts {
			sorted = order.expand(sorted, part[row:row+2])
		}
		own := sorted[first:]
		slices.SortStableFunc(own, func(a, b int32) int { return int(delays[a]) - int(delays[b]) })
		for k := 0; k < len(own); {
			from := k
			for k < len(own) && delays[own[k]] == delays[own[from]] {
				k++
			}
			fan.Runs = append(fan.Runs, Run{int32(first + from), int32(first + k), delays[own[from]]})
		}
		fan.Starts = append(fan.Starts, int32(len(fan.Runs)))
	}
	return fan, &Order{Synapses: sorted}
}

// Longest is the longest delay of the fan [steps].
func (a *Apart) Longest() int {
	longest := int32(0)
	for _, run := range a.Runs {
		longest = max(longest, run.Delay)
	}
	return int(longest)
}
