// Package notebooks reads .ipynb files, runs them on a kernel.Interpreter without Python, sockets or a browser, and
// writes them as a Jupyter client would have: the same outputs, counts and line breaks. The course lies beside it.
//
// Phases: Read takes a file of nbformat 4 to a Notebook, which keeps every field it does not know; Runner.Run runs its
// code cells in order, each with a recorder as its kernel.Output, and tells a Reader what a person wants to see; Write
// gives nbformat 4.5 text.
//
// What counts as the same is nbclient with coalesce_streams: the rules for streams, clear_output and display ids in
// streams.go and recorder.go are those of that client, and .ci/compare.py holds both against each other.
//
// The package imports kernel alone of our rooms: it knows neither Go cells nor neurons.
package notebooks
