package wire

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
)

const testKey = "a key of the tests"

// signed builds a message as a client would, from its four JSON parts.
func signed(key string, json ...string) [][]byte {
	mac := hmac.New(sha256.New, []byte(key))
	frames := [][]byte{[]byte("client"), []byte("<IDS|MSG>"), nil}
	for _, part := range json {
		mac.Write([]byte(part))
		frames = append(frames, []byte(part))
	}
	frames[2] = []byte(hex.EncodeToString(mac.Sum(nil)))
	return frames
}

const header = `{"msg_id":"7","session":"s","username":"u","date":"2026-01-01T00:00:00Z","msg_type":"ask","version":"5.3","extra":[1, 2]}`

func TestDecodeGivesWhatTheClientSigned(t *testing.T) {
	frames := append(signed(testKey, header, `{}`, `{"cellId":"c"}`, `{"code":"1+1"}`), []byte{0xff, 0})
	m, err := NewCodec([]byte(testKey)).Decode(frames)
	if err != nil {
		t.Fatal(err)
	}
	if m.Header != (Header{"7", "s", "u", "2026-01-01T00:00:00Z", "ask", "5.3"}) {
		t.Errorf("header is %+v", m.Header)
	}
	if string(m.RawHeader()) != header {
		t.Errorf("the raw header changed: %s", m.RawHeader())
	}
	if string(m.Content) != `{"code":"1+1"}` || string(m.Metadata) != `{"cellId":"c"}` {
		t.Errorf("content %s, metadata %s", m.Content, m.Metadata)
	}
	if len(m.Identities) != 1 || string(m.Identities[0]) != "client" || len(m.Buffers) != 1 || m.Buffers[0][0] != 0xff {
		t.Errorf("identities %q, buffers %q", m.Identities, m.Buffers)
	}
}

func TestEncodeIsReadByDecode(t *testing.T) {
	sent := &Message{
		Identities: [][]byte{[]byte("a"), []byte("b")},
		Header:     NewSession("u").Header("reply"),
		Parent:     json.RawMessage(header),
		Content:    JSON(map[string]any{"text": "<b>µ</b>"}),
		Buffers:    [][]byte{{1}, {2, 3}},
	}
	got, err := NewCodec([]byte(testKey)).Decode(NewCodec([]byte(testKey)).Encode(sent))
	if err != nil {
		t.Fatal(err)
	}
	if got.Header != sent.Header || string(got.Parent) != header || string(got.Metadata) != "{}" {
		t.Errorf("read %+v", got)
	}
	if string(got.Content) != `{"text":"<b>µ</b>"}` {
		t.Errorf("content %s", got.Content)
	}
	if len(got.Identities) != 2 || len(got.Buffers) != 2 {
		t.Errorf("%d identities, %d buffers", len(got.Identities), len(got.Buffers))
	}
}

func TestSignatureIsThatOfHMACSHA256(t *testing.T) {
	// RFC 4231, test case 2: key "Jefe", data "what do ya want for nothing?".
	const want = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
	got := NewCodec([]byte("Jefe")).sign([][]byte{[]byte("what do ya "), []byte("want "), []byte("for "), []byte("nothing?")})
	if string(got) != want {
		t.Errorf("signature %s, expected %s", got, want)
	}
}

func TestFaultsAreRefusedEachWithItsError(t *testing.T) {
	good := func() [][]byte { return signed(testKey, header, `{}`, `{}`, `{}`) }
	tests := map[string]struct {
		frames [][]byte
		want   error
	}{
		"nothing":          {nil, ErrDelimiter},
		"no delimiter":     {good()[2:], ErrDelimiter},
		"no content":       {good()[:6], ErrShort},
		"other key":        {signed("other", header, `{}`, `{}`, `{}`), ErrSignature},
		"empty signature":  {append(append(good()[:2:2], nil), good()[3:]...), ErrSignature},
		"array as content": {signed(testKey, header, `{}`, `{}`, `[1]`), errNoObject},
	}
	for name, test := range tests {
		if _, err := NewCodec([]byte(testKey)).Decode(test.frames); !errors.Is(err, test.want) {
			t.Errorf("%s: error %v, expected %v", name, err, test.want)
		}
	}
	for i, part := range partNames {
		parts := []string{header, `{}`, `{}`, `{}`}
		for _, bad := range []string{"", "{", "{} {}", `{"a":NaN}`, "7"} {
			parts[i] = bad
			_, err := NewCodec([]byte(testKey)).Decode(signed(testKey, parts...))
			if fault, ok := errors.AsType[*JSONError](err); !ok || fault.Part != part {
				t.Errorf("%s %q: error %v", part, bad, err)
			}
		}
	}
	if _, err := NewCodec([]byte(testKey)).Decode(signed(testKey, `{"msg_id":7}`, `{}`, `{}`, `{}`)); err == nil {
		t.Error("a number as msg_id was accepted")
	}
}

func TestSecondArrivalOfAMessageIsRefused(t *testing.T) {
	c := NewCodec([]byte(testKey))
	frames := signed(testKey, header, `{}`, `{}`, `{}`)
	if _, err := c.Decode(frames); err != nil {
		t.Fatal(err)
	}
	for i := range generation + 10 {
		if _, err := c.Decode(signed(testKey, header, `{}`, `{}`, fmt.Sprintf(`{"n":%d}`, i))); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := c.Decode(frames); !errors.Is(err, ErrReplay) {
		t.Errorf("error %v, expected %v", err, ErrReplay)
	}
}

func TestWithoutAKeyNothingIsSignedOrRefused(t *testing.T) {
	c := NewCodec(nil)
	frames := c.Encode(&Message{Header: Header{ID: "1"}})
	if len(frames[1]) != 0 {
		t.Errorf("signature %q", frames[1])
	}
	for range 2 {
		if _, err := c.Decode(frames); err != nil {
			t.Error(err)
		}
	}
}

func FuzzDecodeNeverPanics(f *testing.F) {
	f.Add([]byte("<IDS|MSG>"), []byte(""), []byte("{}"), []byte("{}"))
	f.Add([]byte("id"), []byte("<IDS|MSG>"), []byte("null"), []byte("[]"))
	f.Fuzz(func(t *testing.T, a, b, c, d []byte) {
		codec := NewCodec(nil)
		codec.Decode([][]byte{a, b, c, d})
		m, err := codec.Decode([][]byte{a, []byte(delimiter), nil, b, c, d, []byte("{}"), a})
		if err == nil && !json.Valid(m.Content) {
			t.Errorf("invalid content %q was accepted", m.Content)
		}
	})
}
