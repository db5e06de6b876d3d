package session

// Show displays values in the middle of a cell, each by itself.
func (s *Session) Show(values ...any) {
	for _, v := range values {
		if f := figureOf(v); f != nil {
			f.shown = true
			v = f
		}
		s.host.Show(v)
	}
}

// ClearOutput removes the output of the cell so far; with true, when the next output comes.
func (s *Session) ClearOutput(wait ...bool) { s.host.Clear(len(wait) > 0 && wait[0]) }
