package session

import (
	"errors"

	"github.com/golgi-sim/golgi/plotting"
)

// A Figure is a figure of a cell. It is shown when the cell ends, unless it was shown before: what was asked for its
// picture is not shown again.
type Figure struct {
	*Panel  // the current one
	s       *Session
	fig     *plotting.Figure
	panels  Axes
	shown   bool
	touched bool // something was said about it
}

// Axes are the panels of a figure by rows. They show as the figure.
type Axes []*Panel

// At is the panel at a row and a column, both from 0.
func (a Axes) At(row, col int) (*Panel, error) {
	if len(a) == 0 {
		return nil, errors.New("At: there are no panels")
	}
	return a[0].figure.at(row, col)
}

// SVG is the figure as an SVG document.
func (a Axes) SVG() []byte {
	if f := figureOf(a); f != nil {
		return f.SVG()
	}
	return nil
}

// PNG is the figure as a PNG image.
func (a Axes) PNG() []byte {
	if f := figureOf(a); f != nil {
		return f.PNG()
	}
	return nil
}

// String is one line about the figure.
func (a Axes) String() string {
	if f := figureOf(a); f != nil {
		return f.String()
	}
	return "no panels"
}

func (f *Figure) at(row, col int) (p *Panel, err error) {
	defer recoverUnits(&err)
	found := f.fig.Axes().At(row, col)
	for _, p := range f.panels {
		if p.panel == found {
			return p, nil
		}
	}
	return nil, errors.New("At: there is no such panel")
}

// SVG is the figure as an SVG document.
func (f *Figure) SVG() []byte {
	f.shown = true
	return f.fig.SVG()
}

// PNG is the figure as a PNG image.
func (f *Figure) PNG() []byte {
	f.shown = true
	return f.fig.PNG()
}

// String is one line about the figure.
func (f *Figure) String() string { return f.fig.String() }

// Save writes the figure to a file, as SVG or PNG by the name's ending.
func (f *Figure) Save(name string) error { return f.fig.Save(name) }

// Axes are the panels of the figure.
func (f *Figure) Axes() Axes { return f.panels }

// figureOf is the figure that a value shows, if any.
func figureOf(v any) *Figure {
	switch v := v.(type) {
	case *Figure:
		return v
	case Axes:
		if len(v) > 0 {
			return v[0].figure
		}
	}
	return nil
}

// adopt makes a new figure the current one of the cell.
func (s *Session) adopt(fig *plotting.Figure) *Figure {
	f := &Figure{s: s, fig: fig}
	for _, p := range fig.Axes() {
		f.panels = append(f.panels, &Panel{s: s, figure: f, panel: p})
	}
	f.Panel = f.panels[0]
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cell.figures = append(s.cell.figures, f)
	s.cell.figure = f
	return f
}

// panel is the current panel; a cell that has no figure yet gets one.
func (s *Session) panel() (*Panel, error) {
	s.mu.Lock()
	f := s.cell.figure
	s.mu.Unlock()
	if f != nil {
		return f.Panel, nil
	}
	f, err := s.NewFigure()
	if err != nil {
		return nil, err
	}
	return f.Panel, nil
}

// NewFigure begins a figure of one panel: NewFigure(Size(8, 5)). What follows in the cell is drawn there.
func (s *Session) NewFigure(options ...any) (*Figure, error) {
	fig, err := plotting.New(options...)
	if err != nil {
		return nil, err
	}
	return s.adopt(fig), nil
}

// Subplots begins a figure with a grid of panels: ax := Subplots(2, 1, ShareX(), Heights(3, 1), Size(8, 5)).
func (s *Session) Subplots(rows, cols any, options ...any) (Axes, error) {
	r, err := whole("Subplots", "the number of rows", rows)
	if err != nil {
		return nil, err
	}
	c, err := whole("Subplots", "the number of columns", cols)
	if err != nil {
		return nil, err
	}
	fig, err := plotting.Subplots(r, c, options...)
	if err != nil {
		return nil, err
	}
	return s.adopt(fig).panels, nil
}

// Save writes the current figure to a file, as SVG or PNG by the name's ending.
func (s *Session) Save(name string) error {
	s.mu.Lock()
	f := s.cell.figure
	s.mu.Unlock()
	if f == nil {
		return errors.New("Save: this cell has no figure: put Save into the cell of its Plot")
	}
	return f.Save(name)
}
