package plotting

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A run is a stretch of text in one style.
type run struct {
	text   string
	italic bool
	shift  int8 // 0 on the line, +1 raised, -1 lowered
}

// rich is a text with styles; plain text is one run.
type rich []run

// plain is the text without styles.
func (r rich) plain() string {
	var b strings.Builder
	for _, run := range r {
		b.WriteString(run.text)
	}
	return b.String()
}

// symbols are the TeX commands that stand for one character.
var symbols = map[string]string{
	"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
	"theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ",
	"sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
	"Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
	"cdot": "·", "times": "×", "pm": "±", "infty": "∞", "approx": "≈", "neq": "≠", "ne": "≠", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥",
	"to": "→", "rightarrow": "→", "leftarrow": "←", "partial": "∂", "sum": "∑", "int": "∫", "propto": "∝", "sqrt": "√", "circ": "°",
	"ldots": "…", "dots": "…", "ell": "ℓ", "prime": "′", "langle": "⟨", "rangle": "⟩", "sim": "~", "ll": "«", "gg": "»",
	",": " ", ";": " ", ":": " ", "!": "", " ": " ", "quad": "  ", "%": "%", "$": "$", "_": "_", "{": "{", "}": "}", "#": "#", "&": "&",
}

// uprightCommands keep their argument as it is, in upright letters.
var uprightCommands = []string{"mathrm", "mathbf", "mathsf", "text", "textrm", "operatorname", "rm"}

// parseTeX reads text in which $…$ is plain TeX: Greek and other symbols, sub- and superscripts, \mathrm, \frac as a
// slash. What it does not know stays readable as it was typed. A lone dollar sign is a dollar sign.
func parseTeX(text string) rich {
	var out rich
	for {
		open := strings.IndexByte(text, '$')
		if open < 0 {
			break
		}
		length := strings.IndexByte(text[open+1:], '$')
		if length < 0 {
			break
		}
		out = out.add(run{text: text[:open]})
		m := mathReader{rest: text[open+1 : open+1+length], out: out}
		m.sequence(0, false)
		out = m.out
		text = text[open+length+2:]
	}
	return out.add(run{text: text})
}

// add joins the run to the last one when the style is the same.
func (r rich) add(next run) rich {
	if next.text == "" {
		return r
	}
	if n := len(r); n > 0 && r[n-1].italic == next.italic && r[n-1].shift == next.shift {
		r[n-1].text += next.text
		return r
	}
	return append(r, next)
}

// A mathReader reads what stands between dollar signs.
type mathReader struct {
	rest string
	out  rich
}

// sequence reads up to the end or the brace that closes the group.
func (m *mathReader) sequence(shift int8, upright bool) {
	for m.rest != "" {
		if m.rest[0] == '}' {
			m.rest = m.rest[1:]
			return
		}
		m.item(shift, upright)
	}
}

// item reads one character, command, group or script.
func (m *mathReader) item(shift int8, upright bool) {
	r, size := utf8.DecodeRuneInString(m.rest)
	m.rest = m.rest[size:]
	switch r {
	case '{':
		m.sequence(shift, upright)
	case '_':
		m.script(-1, upright)
	case '^':
		m.script(+1, upright)
	case '\\':
		m.command(shift, upright)
	case '-':
		m.put("−", shift, false)
	case '=', '<', '>', '≈', '≤', '≥', '+':
		m.relation(string(r), shift)
	case ' ', '\t':
		if upright {
			m.put(" ", shift, false)
		}
	default:
		m.put(string(r), shift, !upright && unicode.IsLetter(r))
	}
}

// relation is set with spaces around it where it stands on the line between two things.
func (m *mathReader) relation(sign string, shift int8) {
	if shift == 0 && len(m.out) > 0 && m.rest != "" {
		sign = " " + sign + " "
	}
	m.put(sign, shift, false)
}

// script reads the argument of _ or ^. Words of several letters, as in V_{th}, are names and stand upright.
func (m *mathReader) script(shift int8, upright bool) {
	if end := strings.IndexByte(m.rest, '}'); strings.HasPrefix(m.rest, "{") && end > 2 && isWord(m.rest[1:end]) {
		upright = true
	}
	if m.rest != "" {
		m.item(shift, upright)
	}
}

func isWord(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != ' ' }) < 0
}

func (m *mathReader) command(shift int8, upright bool) {
	name := m.commandName()
	symbol, known := symbols[name]
	switch {
	case known && strings.Contains("≈≤≥≠∝→←", symbol) && symbol != "":
		m.relation(symbol, shift)
	case known:
		first, _ := utf8.DecodeRuneInString(symbol)
		m.put(symbol, shift, !upright && unicode.IsLower(first) && unicode.Is(unicode.Greek, first))
	case name == "frac":
		m.item(shift, upright)
		m.put("/", shift, false)
		m.item(shift, upright)
	case name == "left" || name == "right" || name == "mathit":
	case isUpright(name):
		if m.rest != "" {
			m.item(shift, true)
		}
	default:
		m.put(name, shift, false)
	}
}

func isUpright(name string) bool {
	for _, known := range uprightCommands {
		if name == known {
			return true
		}
	}
	return false
}

// commandName reads the letters after a backslash, or the one character that is no letter.
func (m *mathReader) commandName() string {
	n := 0
	for n < len(m.rest) && (m.rest[n]|0x20) >= 'a' && (m.rest[n]|0x20) <= 'z' {
		n++
	}
	if n == 0 && m.rest != "" {
		_, n = utf8.DecodeRuneInString(m.rest)
		name := m.rest[:n]
		m.rest = m.rest[n:]
		return name
	}
	name := m.rest[:n]
	m.rest = strings.TrimLeft(m.rest[n:], " ")
	return name
}

func (m *mathReader) put(text string, shift int8, italic bool) {
	m.out = m.out.add(run{text: text, shift: shift, italic: italic})
}

// nameAsRich typesets the name of a variable: what follows its only underscore is a subscript, as in I_ext.
func nameAsRich(name string) rich {
	stem, index, ok := strings.Cut(name, "_")
	if !ok || stem == "" || index == "" || strings.Contains(index, "_") || strings.ContainsAny(name, " ${}") {
		return parseTeX(name)
	}
	return rich{{text: stem}, {text: index, shift: -1}}
}
