// Package kernel speaks the Jupyter messaging protocol, version 5.4 with the welcome of 5.5, between five sockets and an
// Interpreter. It knows no language and no socket: main hands it both, and tests hand it stand-ins.
//
// Phases: Serve reads the connection file and opens the sockets; a request passes wire.Codec, the dispatch table of its
// channel and one wrapper that says busy before and idle after; what it shows passes one ordered queue, so the idle of a
// cell is the last that is heard of it.
//
// Goroutines: heartbeat; control, which no cell blocks; shell, which answers everything but execute at once, comm
// messages too; one executor, which runs the cells in order; one publisher for iopub; stdin.
//
// Whatever a client sends, the kernel neither panics nor exits: a message that cannot be read is noted in the file that
// GOLGI_LOG names, if any, and forgotten. Nothing is ever written to the terminal. Package kernel must not import the
// simulator, an interpreter or a socket library.
package kernel
