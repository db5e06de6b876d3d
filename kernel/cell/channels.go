package cell

import (
	"reflect"
	"sync"
	"time"
)

// receive marks a case of a select that receives.
type receive struct{}

func (n *natives) stopCase() reflect.SelectCase {
	return reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(n.current().stop)}
}

func (n *natives) recvOK(ch any) (any, bool) {
	c := reflect.ValueOf(ch)
	if c.IsValid() && !c.IsNil() {
		if v, ok := c.TryRecv(); ok {
			return v.Interface(), true
		} else if v.IsValid() { // closed
			return v.Interface(), false
		}
	}
	i, v, ok := reflect.Select([]reflect.SelectCase{n.stopCase(), {Dir: reflect.SelectRecv, Chan: c}})
	if i == 0 {
		panic(stopped{})
	}
	return v.Interface(), ok
}

func (n *natives) recv(ch any) any {
	v, _ := n.recvOK(ch)
	return v
}

func (n *natives) send(ch, v any) {
	c := reflect.ValueOf(ch)
	i, _, _ := reflect.Select([]reflect.SelectCase{n.stopCase(), {Dir: reflect.SelectSend, Chan: c, Send: as(v, c.Type().Elem())}})
	if i == 0 {
		panic(stopped{})
	}
}

// as gives a value as one of type t.
func as(v any, t reflect.Type) reflect.Value {
	if v == nil {
		return reflect.Zero(t)
	}
	r := reflect.ValueOf(v)
	if r.Type() != t && r.Type().ConvertibleTo(t) {
		return r.Convert(t)
	}
	return r
}

// choose is select: the number of the case, -1 for default, and what was received.
func (n *natives) choose(hasDefault bool, channels, values []any) (int, any, bool) {
	cases := make([]reflect.SelectCase, len(channels), len(channels)+1)
	for i, ch := range channels {
		c := reflect.ValueOf(ch)
		if _, ok := values[i].(receive); ok {
			cases[i] = reflect.SelectCase{Dir: reflect.SelectRecv, Chan: c}
		} else {
			cases[i] = reflect.SelectCase{Dir: reflect.SelectSend, Chan: c, Send: as(values[i], c.Type().Elem())}
		}
	}
	if hasDefault {
		cases = append(cases, reflect.SelectCase{Dir: reflect.SelectDefault})
	} else {
		cases = append(cases, n.stopCase())
	}
	i, v, ok := reflect.Select(cases)
	if i == len(channels) {
		if hasDefault {
			return -1, nil, false
		}
		panic(stopped{})
	}
	if v.IsValid() {
		return i, v.Interface(), ok
	}
	return i, nil, ok
}

func (n *natives) waitGroup(g *sync.WaitGroup) {
	done := make(chan struct{})
	go func() { g.Wait(); close(done) }()
	select {
	case <-done:
	case <-n.current().stop:
		panic(stopped{})
	}
}

// lock tries again and again, so that a cell that waits for itself can be stopped.
func (n *natives) lock(m interface{ TryLock() bool }) { n.try(m.TryLock) }

func (n *natives) rlock(m *sync.RWMutex) { n.try(m.TryRLock) }

func (n *natives) try(lock func() bool) {
	for wait := time.Microsecond; !lock(); wait = min(2*wait, 5*time.Millisecond) {
		if n.current().halted() {
			panic(stopped{})
		}
		time.Sleep(wait)
	}
}
