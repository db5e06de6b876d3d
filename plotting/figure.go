package plotting

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/golgi-sim/golgi/units"
)

// A Figure is a grid of panels. The methods of the embedded panel, which is the current one, are those of the figure:
// fig.Plot(x, y) draws in the panel that was made or selected last. A figure may be drawn by several goroutines at
// once, but not while one of them changes it.
type Figure struct {
	*Panel // the current panel

	inches         [2]float64 // width and height
	rows, cols     int
	heights        []float64 // of rows, relative
	widths         []float64 // of columns, relative
	shareX, shareY bool
	panels         Axes
}

// Axes are the panels of a figure by rows: the panel at row r and column c of a grid with n columns is axes[r*n+c].
type Axes []*Panel

// New is a figure of one panel, 6.4 by 4 inches unless Size says otherwise.
func New(options ...any) (*Figure, error) { return Subplots(1, 1, options...) }

// Subplots is a figure with a grid of panels. Options: ShareX, ShareY, Heights, Widths, Size.
func Subplots(rows, cols int, options ...any) (*Figure, error) {
	var l look
	rest, err := l.take(options)
	switch {
	case err != nil:
		return nil, within("Subplots", err)
	case len(rest) > 0:
		return nil, fault("Subplots: found %v, expected options such as ShareX() or Size(8, 5)", rest[0])
	case rows < 1 || cols < 1 || rows*cols > 400:
		return nil, fault("Subplots: found %d rows and %d columns, expected at least one of each and at most 400 panels", rows, cols)
	case l.heights != nil && len(l.heights) != rows:
		return nil, fault("Subplots: found %d heights, expected %d, one for each row", len(l.heights), rows)
	case l.widths != nil && len(l.widths) != cols:
		return nil, fault("Subplots: found %d widths, expected %d, one for each column", len(l.widths), cols)
	}
	f := &Figure{rows: rows, cols: cols, heights: evenly(l.heights, rows), widths: evenly(l.widths, cols), shareX: l.shareX, shareY: l.shareY}
	f.inches = [2]float64{6.4, max(4, min(2.2*float64(rows), 12))}
	if cols > 1 {
		f.inches[0] = min(3.6*float64(cols)+0.8, 14)
	}
	if l.inches != nil {
		f.inches = [2]float64(l.inches)
	}
	for k := range rows * cols {
		f.panels = append(f.panels, newPanel(f, k/cols, k%cols))
	}
	f.Panel = f.panels[0]
	return f, nil
}

func evenly(ratios []float64, n int) []float64 {
	for len(ratios) < n {
		ratios = append(ratios, 1)
	}
	return ratios
}

// Axes are all panels of the figure.
func (f *Figure) Axes() Axes { return f.panels }

// At is the panel at a row and a column, both from 0. It panics with a *units.Error when there is none.
func (a Axes) At(row, col int) *Panel {
	for _, p := range a {
		if p.row == row && p.col == col {
			return p
		}
	}
	rows, cols := 0, 0
	for _, p := range a {
		rows, cols = max(rows, p.row+1), max(cols, p.col+1)
	}
	panic(&units.Error{Message: fmt.Sprintf("found no panel at row %d, column %d: the figure has %s and %s, counted from 0",
		row, col, counted(rows, "row"), counted(cols, "column"))})
}

// Select makes p, a panel of the figure, the current one.
func (f *Figure) Select(p *Panel) { f.Panel = p }

// Width and height of the figure in CSS pixels; its PNG has twice as many each way.
func (f *Figure) Pixels() (width, height int) {
	return int(f.inches[0]*96 + 0.5), int(f.inches[1]*96 + 0.5)
}

// Empty says that no panel of the figure has a series.
func (f *Figure) Empty() bool {
	for _, p := range f.panels {
		if len(p.series) > 0 {
			return false
		}
	}
	return true
}

// Save writes the figure to a file, as SVG or PNG by the name's ending.
func (f *Figure) Save(name string) error {
	var picture []byte
	switch ending := strings.ToLower(filepath.Ext(name)); ending {
	case ".svg":
		picture = f.SVG()
	case ".png":
		picture = f.PNG()
	default:
		return &units.Error{Message: fmt.Sprintf("Save: found the file name %q, expected one that ends in .svg or .png", name)}
	}
	return os.WriteFile(name, picture, 0o644)
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if strings.HasSuffix(noun, "series") {
		return fmt.Sprintf("%d %s", n, noun)
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
