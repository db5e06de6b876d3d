package sim

// ShareAlways makes threads share what would not be worth it, so that small models show what they do.
func (w *Workspace) ShareAlways() { w.worth = 0 }
