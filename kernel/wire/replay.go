package wire

import (
	"crypto/sha256"
	"encoding/hex"
	"sync"
)

// generation is how many signatures a guard remembers at least and half of how many at most: an hour of a slider
// moved without rest. A full guard holds about 3 MB.
const generation = 1 << 15

// A guard remembers the latest signatures in two generations; the older one is dropped whole.
type guard struct {
	mu         sync.Mutex
	young, old map[[sha256.Size]byte]struct{}
}

// first reports whether d was not seen before, and remembers it.
func (g *guard) first(d [sha256.Size]byte) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if _, seen := g.young[d]; seen {
		return false
	}
	if _, seen := g.old[d]; seen {
		return false
	}
	if g.young == nil || len(g.young) == generation {
		g.young, g.old = make(map[[sha256.Size]byte]struct{}), g.young
	}
	g.young[d] = struct{}{}
	return true
}

// digest reads a signature of our own making.
func digest(signature []byte) (d [sha256.Size]byte) {
	hex.Decode(d[:], signature)
	return d
}
