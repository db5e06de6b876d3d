package kernel

// historyContent is the content of a history_request.
type historyContent struct {
	Output  bool   `json:"output"`
	Access  string `json:"hist_access_type"`
	Session int    `json:"session"` // 0 is this one, -1 the one before
	Start   int    `json:"start"`
	Stop    *int   `json:"stop"` // the first line left out
	N       *int   `json:"n"`
	Pattern string `json:"pattern"`
	Unique  bool   `json:"unique"`
}

// pastInputs answers history_request.
func (s *server) pastInputs(r *request) {
	var content historyContent
	r.read(&content)
	records, current := s.history.all()
	entries := [][3]any{}
	for _, record := range content.pick(records, current) {
		entry := [3]any{record.number, record.Line, record.Input}
		if content.Output {
			entry[2] = record.pair()
		}
		entries = append(entries, entry)
	}
	r.reply(map[string]any{"history": entries})
}

// pair gives input and output, null when there was none.
func (r record) pair() [2]any {
	if r.Output == "" {
		return [2]any{r.Input, nil}
	}
	return [2]any{r.Input, r.Output}
}

// pick gives the records that c asks for.
func (c *historyContent) pick(records []record, current int) []record {
	switch c.Access {
	case "range":
		session := c.Session
		if session <= 0 {
			session += current
		}
		return keep(records, func(r record) bool {
			return r.number == session && r.Line >= c.Start && (c.Stop == nil || r.Line < *c.Stop)
		})
	case "search":
		matches := glob(c.Pattern)
		records = keep(records, func(r record) bool { return matches(r.Input) })
		if c.Unique {
			records = latest(records)
		}
	}
	if c.N != nil {
		records = records[max(0, len(records)-max(0, *c.N)):]
	}
	return records
}

func keep(records []record, wanted func(record) bool) []record {
	var kept []record
	for _, r := range records {
		if wanted(r) {
			kept = append(kept, r)
		}
	}
	return kept
}

// latest keeps the last record of every input.
func latest(records []record) []record {
	last := map[string]int{}
	for i, r := range records {
		last[r.Input] = i
	}
	var kept []record
	for i, r := range records {
		if last[r.Input] == i {
			kept = append(kept, r)
		}
	}
	return kept
}
