// Golgi is a Jupyter kernel, in Go, for live neural modelling.
package main

func main() {}
