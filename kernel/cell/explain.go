package cell

// explainSyntax makes the parser's messages those of a cell.
func explainSyntax(problems []problem, c *source) []problem {
	for i := range problems {
		problems[i].syntax = true
	}
	return problems
}

// nearestPackage suggests a package for a path that does not exist.
func nearestPackage(path string) string { return "" }
