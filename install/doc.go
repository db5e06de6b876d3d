// Package install makes golgi known to Jupyter: it writes a kernelspec, the folder with kernel.json and the logos that
// Jupyter looks for, where this user, a prefix or the current Python environment keeps them.
//
// It runs nothing but python3, and that only to ask for its prefix, and writes nothing outside the kernelspec. It
// imports no room of ours.
package install
