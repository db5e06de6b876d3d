package session

// The plain words act on the current panel of the cell.

func (s *Session) drawing(draw func(*Panel) error) error {
	p, err := s.panel()
	if err != nil {
		return err
	}
	return draw(p)
}

func (s *Session) saying(say func(*Panel)) error {
	return s.drawing(func(p *Panel) error { say(p); return nil })
}

// Plot draws y against x; see Panel.Plot.
func (s *Session) Plot(args ...any) error {
	return s.drawing(func(p *Panel) error { return p.Plot(args...) })
}

// Scatter draws a marker at every point; see Panel.Scatter.
func (s *Session) Scatter(x, y any, options ...any) error {
	return s.drawing(func(p *Panel) error { return p.Scatter(x, y, options...) })
}

// Bar draws bars; see Panel.Bar.
func (s *Session) Bar(x, height any, options ...any) error {
	return s.drawing(func(p *Panel) error { return p.Bar(x, height, options...) })
}

// Band fills the area between two curves; see Panel.Band.
func (s *Session) Band(x, lo, hi any, options ...any) error {
	return s.drawing(func(p *Panel) error { return p.Band(x, lo, hi, options...) })
}

// ErrorBar draws points with their errors; see Panel.ErrorBar.
func (s *Session) ErrorBar(args ...any) error {
	return s.drawing(func(p *Panel) error { return p.ErrorBar(args...) })
}

// Hist draws a histogram; see Panel.Hist.
func (s *Session) Hist(args ...any) error {
	return s.drawing(func(p *Panel) error { return p.Hist(args...) })
}

// Image shows a matrix as colours; see Panel.Image.
func (s *Session) Image(matrix any, options ...any) error {
	return s.drawing(func(p *Panel) error { return p.Image(matrix, options...) })
}

// HLines draws level lines; see Panel.HLines.
func (s *Session) HLines(args ...any) error {
	return s.drawing(func(p *Panel) error { return p.HLines(args...) })
}

// VLines draws upright lines; see Panel.VLines.
func (s *Session) VLines(args ...any) error {
	return s.drawing(func(p *Panel) error { return p.VLines(args...) })
}

// HSpan fills the panel between two heights.
func (s *Session) HSpan(a, b any, options ...any) error {
	return s.drawing(func(p *Panel) error { return p.HSpan(a, b, options...) })
}

// VSpan fills the panel between two times.
func (s *Session) VSpan(a, b any, options ...any) error {
	return s.drawing(func(p *Panel) error { return p.VSpan(a, b, options...) })
}

// Text writes a text at the point x, y of the data.
func (s *Session) Text(x, y any, text string, options ...any) error {
	return s.drawing(func(p *Panel) error { return p.Text(x, y, text, options...) })
}

// XLabel names the x axis.
func (s *Session) XLabel(text string) error { return s.saying(func(p *Panel) { p.XLabel(text) }) }

// YLabel names the y axis.
func (s *Session) YLabel(text string) error { return s.saying(func(p *Panel) { p.YLabel(text) }) }

// Title is the heading of the panel.
func (s *Session) Title(text string) error { return s.saying(func(p *Panel) { p.Title(text) }) }

// XLim sets where the x axis begins and ends.
func (s *Session) XLim(from, to any) error {
	return s.drawing(func(p *Panel) error { return p.XLim(from, to) })
}

// YLim sets where the y axis begins and ends.
func (s *Session) YLim(from, to any) error {
	return s.drawing(func(p *Panel) error { return p.YLim(from, to) })
}

// Legend shows the legend, or hides it with false.
func (s *Session) Legend(args ...any) error {
	return s.drawing(func(p *Panel) error { return p.Legend(args...) })
}

// Grid draws light lines at the ticks.
func (s *Session) Grid() error { return s.saying((*Panel).Grid) }

// LogX makes the x axis logarithmic.
func (s *Session) LogX() error { return s.saying((*Panel).LogX) }

// LogY makes the y axis logarithmic.
func (s *Session) LogY() error { return s.saying((*Panel).LogY) }
