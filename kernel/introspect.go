package kernel

import "unicode/utf8"

// codeContent is the content of the requests about code that does not run.
type codeContent struct {
	Code      string `json:"code"`
	CursorPos *int   `json:"cursor_pos"` // Unicode code points; absent means the end
	Detail    int    `json:"detail_level"`
}

// cursor gives the byte offset of the cursor.
func (c *codeContent) cursor() int {
	if c.CursorPos == nil {
		return len(c.Code)
	}
	return byteOffset(c.Code, *c.CursorPos)
}

// byteOffset gives the offset of a number of code points, at most the end of text.
func byteOffset(text string, points int) int {
	for i := range text {
		if points <= 0 {
			return i
		}
		points--
	}
	return len(text)
}

// pointOffset gives the number of code points before a byte offset.
func pointOffset(text string, offset int) int {
	return utf8.RuneCountInString(text[:max(0, min(offset, len(text)))])
}

// complete answers complete_request.
func (s *server) complete(r *request) {
	var content codeContent
	r.read(&content)
	completion := s.interp.Complete(content.Code, content.cursor())
	start, end := pointOffset(content.Code, completion.Start), pointOffset(content.Code, completion.End)
	matches, types := []string{}, []map[string]any{}
	for _, m := range completion.Matches {
		matches = append(matches, m.Text)
		types = append(types, map[string]any{"text": m.Text, "type": m.Type, "signature": m.Signature, "start": start, "end": end})
	}
	r.reply(map[string]any{
		"matches":      matches,
		"cursor_start": start,
		"cursor_end":   end,
		"metadata":     map[string]any{"_jupyter_types_experimental": types},
	})
}

// inspect answers inspect_request.
func (s *server) inspect(r *request) {
	var content codeContent
	r.read(&content)
	bundle, found := s.interp.Inspect(content.Code, content.cursor(), content.Detail)
	reply := bundleContent(bundle)
	reply["found"] = found
	r.reply(reply)
}

// isComplete answers is_complete_request.
func (s *server) isComplete(r *request) {
	var content codeContent
	r.read(&content)
	status := s.interp.IsComplete(content.Code)
	reply := map[string]any{"status": status.State}
	if status.State == Incomplete {
		reply["indent"] = status.Indent
	}
	r.send(reply, nil)
}
