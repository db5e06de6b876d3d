package session

import (
	"math/rand/v2"

	"github.com/golgi-sim/golgi/units"
)

// Seed makes all random numbers that follow, of simulations and of Rand and RandN, depend on n alone. Without a number
// they are different each time again.
func (s *Session) Seed(n ...int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(n) == 0 {
		s.ws.Seed(int(rand.Int64()))
		s.random = freshRandom()
		return
	}
	s.ws.Seed(n[0])
	s.random = rand.New(rand.NewPCG(uint64(n[0]), stream))
}

// stream keeps Rand apart from other uses of the same seed; its value is the golden ratio's fraction in 64 bits.
const stream = 0x9e3779b97f4a7c15

func freshRandom() *rand.Rand { return rand.New(rand.NewPCG(rand.Uint64(), rand.Uint64())) }

// Rand gives random numbers from 0 to 1, evenly spread: Rand() one, Rand(5) five, Rand(2, 3) a matrix.
func (s *Session) Rand(shape ...int) (units.Array, error) {
	return s.draw(shape, (*rand.Rand).Float64)
}

// RandN gives normally distributed random numbers with mean 0 and standard deviation 1.
func (s *Session) RandN(shape ...int) (units.Array, error) {
	return s.draw(shape, (*rand.Rand).NormFloat64)
}

func (s *Session) draw(shape []int, one func(*rand.Rand) float64) (a units.Array, err error) {
	defer recoverUnits(&err)
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(shape) == 0 {
		return units.Of(units.Scalar(one(s.random))), nil
	}
	a = units.Zeros(shape...)
	for k := range a.SI() {
		a.SI()[k] = one(s.random)
	}
	return a, nil
}
