// Package sim is the simulator as its users see it: groups of neurons, synapses, inputs, monitors and the network that
// runs them.
//
//	net := sim.NewNetwork()
//	neurons, err := net.NeuronGroup(100, "dv/dt = -v/(10*ms) : volt", sim.Threshold("v > -50*mV"), sim.Reset("v = -70*mV"))
//	spikes, err := net.SpikeMonitor(neurons)
//	err = net.Run(ctx, 100*units.Millisecond)
//
// An object is checked when it is made: syntax, units and names. At each Run the constants are read again, each object
// is compiled (build.go), and the engine takes the steps.
//
// The package is the roof over the two towers: words (lang, method) and numbers (ir, vm, engine), which lower joins.
// It draws no pictures and knows no notebook.
package sim
