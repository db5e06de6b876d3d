// Package lang reads the modelling language: equations, conditions and statements as a user types them become checked
// trees, and trees are turned into other trees.
//
// Phases, in the order a model passes through them:
//
//	Parse, ParseExpr, ParseStatements   text -> trees with positions (scan.go, grammar.go, equations.go, statements.go)
//	Check, CheckExpr, CheckStatements   trees -> new trees with Type, Dim and Sym filled (check*.go, infer*.go)
//	Checked.Inline, Linear, Diff, …     algebra over checked trees (inline.go, linear.go, diff.go, simplify.go)
//	String, LaTeX                       trees -> text (print.go, latex.go)
//
// Every number is in SI units; a Dimension travels beside it. Trees are never changed once made: all functions share
// subtrees freely. Errors are *Error values with a place in the text, collected in an ErrorList.
//
// The package knows equations and names, not groups: who may see which external name is the caller's Scope. It must
// not import anything of ours but units, keeps no state, and never evaluates an equation.
package lang
