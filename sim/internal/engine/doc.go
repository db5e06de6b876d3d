// Package engine moves a network through time: columns, clocks, spike lists, delay queues and recordings, and the loop
// that runs every task of a step in its order.
//
// It works on numbers alone: SI values, masks, indices. It knows no names, texts or units, and imports nothing of the
// tower of words. Programs come compiled as ir.Loop values; what cannot be a straight line of operations (propagators,
// delivery of spikes, recording, generators) is a task of its own here.
//
// Where things are: run.go the loop and clock.go its clocks; call.go a program with its columns; neurons.go the tasks of a
// group, fuse.go two of them as one, rest.go refractoriness by lists, noise.go random numbers for several steps, gaps.go
// Poisson inputs; propagate.go exact integration; deliver.go what spikes do; record.go monitors.
//
// Times are in seconds.
package engine
