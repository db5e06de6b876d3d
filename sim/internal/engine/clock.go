package engine

import "math"

// A Clock counts steps of Dt seconds. Its time is the count times Dt, so that nothing accumulates.
type Clock struct {
	Dt   float64 // [s]
	Step int64
	end  int64 // the first step that is not taken
}

// Time is the start of the current step [s].
func (c *Clock) Time() float64 { return float64(c.Step) * c.Dt }

// Set puts the clock at the time from and lets it run up to until.
func (c *Clock) Set(from, until float64) {
	c.Step = StepAt(from, c.Dt)
	c.end = StepAt(until, c.Dt)
}

// Steps is how many steps are left to take.
func (c *Clock) Steps() int64 { return max(c.end-c.Step, 0) }

// StepAt is the step that a time belongs to: the nearest one within 1e-4 of a step, else the next whole one.
func StepAt(t, dt float64) int64 {
	nearest := int64(math.Floor(t/dt + 0.5))
	if math.Abs(float64(nearest)*dt-t) <= 1e-4*dt {
		return nearest
	}
	return int64(math.Ceil(t / dt))
}

// DelaySteps is a delay in steps, rounded to the nearest.
func DelaySteps(delay, dt float64) int { return int(delay/dt + 0.5) }
