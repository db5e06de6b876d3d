package wire

import (
	"bytes"
	"encoding/json"
	"math"
	"reflect"
	"strings"
)

// JSON writes v as JSON, without the escapes that HTML would need. It always succeeds: invalid UTF-8 is repaired, and
// what JSON has no word for, NaN, infinities, channels and functions, becomes null; so does a value that holds itself.
func JSON(v any) json.RawMessage {
	text, err := marshal(v)
	if err != nil && !strings.Contains(err.Error(), "cycle") {
		text, err = marshal(writable(reflect.ValueOf(v)))
	}
	if err != nil {
		return json.RawMessage("null")
	}
	return text
}

func marshal(v any) ([]byte, error) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(v)
	return bytes.TrimSuffix(buffer.Bytes(), []byte("\n")), err
}

// writable copies v with null for what JSON cannot hold.
func writable(v reflect.Value) any {
	if !v.IsValid() {
		return nil
	}
	switch v.Kind() {
	case reflect.Float32, reflect.Float64:
		if x := v.Float(); math.IsNaN(x) || math.IsInf(x, 0) {
			return nil
		}
	case reflect.Chan, reflect.Func, reflect.Complex64, reflect.Complex128, reflect.UnsafePointer:
		return nil
	case reflect.Interface, reflect.Pointer:
		return writable(v.Elem())
	case reflect.Map:
		return writableMap(v)
	case reflect.Slice, reflect.Array:
		return writableList(v)
	case reflect.Struct:
		return writableStruct(v)
	}
	return v.Interface()
}

func writableMap(v reflect.Value) any {
	if v.IsNil() || v.Type().Key().Kind() != reflect.String {
		return nil
	}
	out := make(map[string]any, v.Len())
	for key, value := range v.Seq2() {
		out[key.String()] = writable(value)
	}
	return out
}

func writableList(v reflect.Value) any {
	if v.Kind() == reflect.Slice && (v.IsNil() || v.Type().Elem().Kind() == reflect.Uint8) {
		return v.Interface() // null, or bytes, which travel as base64
	}
	out := make([]any, v.Len())
	for i := range out {
		out[i] = writable(v.Index(i))
	}
	return out
}

func writableStruct(v reflect.Value) any {
	out := map[string]any{}
	for i := range v.NumField() {
		field := v.Type().Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if !field.IsExported() || name == "-" {
			continue
		}
		if name == "" {
			name = field.Name
		}
		out[name] = writable(v.Field(i))
	}
	return out
}

// object checks that part is one JSON object and nothing else; null counts as an empty one.
func object(part []byte) (json.RawMessage, error) {
	trimmed := bytes.TrimSpace(part)
	if string(trimmed) == "null" {
		return json.RawMessage("{}"), nil
	}
	var whole json.RawMessage
	if err := json.Unmarshal(trimmed, &whole); err != nil {
		return nil, err
	}
	if trimmed[0] != '{' {
		return nil, errNoObject
	}
	return part, nil
}
