package kernel

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
)

// A record is one executed cell.
type record struct {
	Session string `json:"session"` // id of the kernel process
	Line    int    `json:"line"`
	Input   string `json:"input"`
	Output  string `json:"output,omitempty"` // text of its value

	number int // of the session, from 1
}

// A history holds the cells of this session and, read when first asked for, those of earlier ones. It is safe for
// concurrent use.
type history struct {
	file    string // "" none
	session string

	mu      sync.Mutex
	past    []record
	loaded  bool
	current []record
	saved   int // how many of current are in the file
}

func newHistory(file, session string) *history { return &history{file: file, session: session} }

// HistoryFile gives the path of this user's history, "" when there is no place for one. GOLGI_HISTORY names another
// file; GOLGI_HISTORY=off keeps none.
func HistoryFile() string {
	switch named := os.Getenv("GOLGI_HISTORY"); named {
	case "":
	case "off":
		return ""
	default:
		return named
	}
	folder := os.Getenv("XDG_STATE_HOME")
	if folder == "" && runtime.GOOS == "linux" {
		if home, err := os.UserHomeDir(); err == nil {
			folder = filepath.Join(home, ".local", "state")
		}
	}
	if folder == "" {
		if config, err := os.UserConfigDir(); err == nil {
			folder = config
		}
	}
	if folder == "" {
		return ""
	}
	return filepath.Join(folder, "golgi", "history.jsonl")
}

// add notes a cell; save writes it to the file.
func (h *history) add(line int, input, output string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.current = append(h.current, record{Session: h.session, Line: line, Input: input, Output: output})
}

// save appends to the file what is not in it yet. A file that cannot be written is no reason to bother anybody.
func (h *history) save() {
	h.mu.Lock()
	fresh := slices.Clone(h.current[h.saved:])
	h.saved = len(h.current)
	h.mu.Unlock()
	if h.file == "" || len(fresh) == 0 {
		return
	}
	var lines bytes.Buffer
	encoder := json.NewEncoder(&lines)
	for _, r := range fresh {
		encoder.Encode(r)
	}
	if f, err := openPrivate(h.file); err == nil {
		f.Write(lines.Bytes()) // one write: lines of kernels side by side do not mix
		f.Close()
	}
}

// openPrivate opens a file to append to that nobody but its owner can read.
func openPrivate(file string) (*os.File, error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() && info.Mode().Perm()&0o077 != 0 {
		f.Chmod(0o600)
	}
	return f, nil
}

// all gives every record, the oldest first, with numbered sessions, and the number of this session.
func (h *history) all() ([]record, int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.loaded {
		h.loaded, h.past = true, load(h.file, h.session)
	}
	number := 1
	if n := len(h.past); n > 0 {
		number = h.past[n-1].number + 1
	}
	records := slices.Concat(h.past, h.current)
	for i := len(h.past); i < len(records); i++ {
		records[i].number = number
	}
	return records, number
}

// mostHistory bytes of the file are kept when it has grown beyond twice as much.
const mostHistory = 2 << 20

// load reads the sessions before this one. Their records stand together, and later sessions have higher numbers.
func load(file, session string) []record {
	if file == "" {
		return nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil
	}
	text = shorten(file, text)
	var records []record
	numbers := map[string]int{}
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, len(text)+1)
	for lines.Scan() {
		var r record
		if json.Unmarshal(lines.Bytes(), &r) != nil || r.Session == session || r.Session == "" {
			continue
		}
		if numbers[r.Session] == 0 {
			numbers[r.Session] = len(numbers) + 1
		}
		r.number = numbers[r.Session]
		records = append(records, r)
	}
	slices.SortStableFunc(records, func(a, b record) int { return a.number - b.number })
	return records
}

// shorten drops the oldest lines of a file that has become long.
func shorten(file string, text []byte) []byte {
	if len(text) <= 2*mostHistory {
		return text
	}
	text = text[len(text)-mostHistory:]
	text = text[bytes.IndexByte(text, '\n')+1:]
	short, err := os.CreateTemp(filepath.Dir(file), "history") // for its owner alone
	if err != nil {
		return text
	}
	_, err = short.Write(text)
	if short.Close() != nil || err != nil || os.Rename(short.Name(), file) != nil {
		os.Remove(short.Name())
	}
	return text
}
