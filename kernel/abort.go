package kernel

import "time"

// A failure is the end of a cell that takes the cells sent with it along: who runs a whole notebook does not want the
// cells after an error to run. The zero value reaches no request.
//
// A cell may fail before the rest of the notebook has come in, so it is not enough to look at what waits. A failing
// cell is answered after holdError at the earliest, which lets the rest arrive; and a request that comes later still
// belongs to the same run if its client cannot have known of the failure when it sent it: by the client's own clock,
// it was sent less time after the failing one than the answer to that took here.
type failure struct {
	at      time.Time     // when it was answered
	took    time.Duration // from its arrival
	session string        // of the client
	sent    time.Time     // by the client's clock
}

// holdError is longer than a front end takes to send the cells of a notebook, and too short to be noticed.
const holdError = 20 * time.Millisecond

// hold waits until r has been here for holdError.
func (s *server) hold(r *request) {
	select {
	case <-time.After(time.Until(r.arrived.Add(holdError))):
	case <-s.stopping:
	}
}

// newFailure is made just before r is answered.
func newFailure(r *request) failure {
	now := time.Now()
	sent, _ := r.sent()
	return failure{at: now, took: now.Sub(r.arrived), session: r.Header.Session, sent: sent}
}

// reaches reports whether r goes with the failure.
func (f *failure) reaches(r *request) bool {
	if f.at.IsZero() {
		return false
	}
	if r.arrived.Before(f.at) {
		return true
	}
	sent, dated := r.sent()
	return dated && !f.sent.IsZero() && r.Header.Session == f.session && sent.Sub(f.sent) < f.took
}

// sent gives the date of the request by its client's clock.
func (r *request) sent() (date time.Time, ok bool) {
	date, err := time.Parse(time.RFC3339, r.Header.Date)
	return date, err == nil
}
