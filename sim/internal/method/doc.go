// Package method turns checked equations into the assignments that advance them by one time step.
//
// Explicit methods are texts (explicit.go) that are instantiated for the variables of a model; exponential Euler and
// the exact method are found by looking at the equations as linear in their variables. The result of either is an
// Update: assignments in order, or, for the exact method, a linear system whose propagator the engine computes.
//
// The package knows names and equations, but no columns and no numbers: where values lie is the business of package
// lower, and no step is taken here.
package method
