// Package session is the vocabulary of a cell: the words of the simulator and of plots as a person says them in a
// notebook, bound to one session.
//
// A Session holds what the words need between cells: the workspace that simulation objects share, where each object was
// made, the network clocks, the figures of the running cell, the names of data. It knows neither the language of cells
// nor the protocol of notebooks; both reach it through Host and the calls below.
//
// # What the front end does
//
// Names. Symbols gives the functions that are bound to the session. They come before the exported names of the packages
// units, sim and plotting (options such as Threshold, types such as NeuronGroup are visible from there), some of which
// they replace: Report, NewNetwork, Subplots, Connectivity, Figure.
//
// Local variables. Before a call of a word, or of a method that reads equation text, the front end arranges that
// Host.Locals gives the parameters and local variables around the call; at the top level of a cell there are none.
//
// Data. What a cell reads with x.name goes to Remember, whole, before an index picks from it, so that axes label
// themselves; an array that is indexed keeps its name as long as it shares storage. Columns and Times, which Col and Between give, are indices of arrays: their
// method Of gives the part.
//
// Bare statements. The value of a call that stands alone as a statement goes to Keep: an operation that a group runs
// (RunRegularly) then belongs to its cell, and is taken away when that cell runs again. PoissonInput and
// NetworkOperation, which act without being held by a variable, are noticed without Keep.
//
// Cells. BeginCell stands before a cell, EndCell after it, also when the cell failed; EndCell gives the figures to show.
//
// Errors. Functions give their errors as the last result; the front end stops the cell with those that nobody takes.
// Interrupting cancels the context given to BeginCell: Run returns soon and leaves everything usable.
//
// Phases of a Run: reach (which objects), clock (which network, at what time), run; each has its file. The package
// prints nothing, keeps no package-level state, and panics with nothing but what units and plotting panic with.
package session
