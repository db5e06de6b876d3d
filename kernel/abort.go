package kernel

import (
	"strings"
	"time"
)

// A failure is the end of a cell that takes the cells sent with it along: who runs a whole notebook does not want the
// cells after an error to run. The zero value reaches no request.
//
// A cell that fails within a millisecond fails before the rest of the notebook has come in, so it is not enough to
// look at what waits. A request that comes later belongs to the same run if its client cannot have known of the
// failure when it sent it: by the client's own clock, it was sent less time after the failing one than that took here.
type failure struct {
	at      time.Time     // when it was answered
	took    time.Duration // from its arrival
	session string        // of the client
	sent    time.Time     // by the client's clock
	last    time.Time     // the same of the last request it has reached
}

// burst is how far apart JavaScript clients, whose dates have milliseconds and whose answers take several, send the
// requests of one click.
const burst = 3 * time.Millisecond

func newFailure(r *request) failure {
	now := time.Now()
	sent, _ := r.sent()
	return failure{at: now, took: now.Sub(r.arrived), session: r.Header.Session, sent: sent, last: sent}
}

// reaches reports whether r goes with the failure.
func (f *failure) reaches(r *request) bool {
	if f.at.IsZero() {
		return false
	}
	sent, dated := r.sent()
	with := r.arrived.Before(f.at)
	if dated && !f.sent.IsZero() && r.Header.Session == f.session {
		gap := sent.Sub(f.last)
		with = with || sent.Sub(f.sent) < f.took || milliseconds(r.Header.Date) && gap <= burst
	}
	if with {
		f.last = sent
	}
	return with
}

// sent gives the date of the request by its client's clock.
func (r *request) sent() (date time.Time, ok bool) {
	date, err := time.Parse(time.RFC3339, r.Header.Date)
	return date, err == nil
}

// milliseconds reports whether a date has three decimals.
func milliseconds(date string) bool {
	_, fraction, _ := strings.Cut(date, ".")
	return strings.IndexFunc(fraction, func(r rune) bool { return r < '0' || r > '9' }) == 3
}
