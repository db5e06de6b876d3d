package session

import "reflect"

// Symbols are the functions that a cell calls by name.
func (s *Session) Symbols() map[string]reflect.Value {
	all := map[string]reflect.Value{}
	for _, words := range []map[string]any{s.simulatorWords(), s.plotWords(), s.panelWords(), s.displayWords()} {
		for name, f := range words {
			all[name] = reflect.ValueOf(f)
		}
	}
	return all
}

func (s *Session) simulatorWords() map[string]any {
	return map[string]any{
		"NeuronGroup": s.NeuronGroup, "PoissonGroup": s.PoissonGroup, "SpikeGeneratorGroup": s.SpikeGeneratorGroup,
		"PoissonInput": s.PoissonInput, "Synapses": s.Synapses, "PopulationRateMonitor": s.PopulationRateMonitor, "TimedArray": s.TimedArray, "NetworkOperation": s.NetworkOperation,
		"StateMonitor": s.StateMonitor, "SpikeMonitor": s.SpikeMonitor, "EventMonitor": s.EventMonitor,
		"Run": s.Run, "Report": s.Report, "Stop": s.Stop, "StartScope": s.StartScope, "Seed": s.Seed, "DefaultDt": s.DefaultDt, "CurrentDt": s.CurrentDt,
		"Store": s.Store, "Restore": s.Restore, "NewNetwork": s.NewNetwork,
		"Rand": s.Rand, "RandN": s.RandN, "At": s.At, "Col": s.Col, "Between": s.Between,
	}
}

func (s *Session) plotWords() map[string]any {
	return map[string]any{
		"Figure": s.NewFigure, "NewFigure": s.NewFigure, "Subplots": s.Subplots, "Save": s.Save,
		"Plot": s.Plot, "Scatter": s.Scatter, "Bar": s.Bar, "Band": s.Band, "ErrorBar": s.ErrorBar, "Hist": s.Hist, "Image": s.Image,
		"Raster": s.Raster, "Rate": s.Rate, "Voltage": s.Voltage, "FI": s.FI, "Connectivity": s.Connectivity,
	}
}

func (s *Session) panelWords() map[string]any {
	return map[string]any{
		"HLines": s.HLines, "VLines": s.VLines, "HSpan": s.HSpan, "VSpan": s.VSpan, "Text": s.Text,
		"XLabel": s.XLabel, "YLabel": s.YLabel, "Title": s.Title, "XLim": s.XLim, "YLim": s.YLim,
		"Legend": s.Legend, "Grid": s.Grid, "LogX": s.LogX, "LogY": s.LogY,
	}
}

func (s *Session) displayWords() map[string]any {
	return map[string]any{
		"Show": s.Show, "ClearOutput": s.ClearOutput, "Markdown": s.Markdown, "HTML": s.HTML, "LaTeX": s.LaTeX, "Table": s.Table,
	}
}
