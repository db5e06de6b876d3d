// Package engine moves a network through time: columns, clocks, spike lists, delay queues and recordings, and the loop
// that runs every task of a step in its order.
//
// It works on numbers alone: SI values, masks, indices. It knows no names, texts or units, and imports nothing of the
// tower of words. Programs come compiled as ir.Loop values; what cannot be a straight line of operations (propagators,
// delivery of spikes, recording, generators) is a task of its own here.
//
// Times are in seconds.
package engine
