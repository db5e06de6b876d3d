package cell

// preludeCount marks the sources of the prelude, which belong to no cell.
const preludeCount = -1

// preludePackages are what package names mean in the prelude, whatever they mean in the session.
var preludePackages = map[string]string{"sort": "sort", "cmp": "cmp", "iter": "iter", "slices": "slices", "sync": "sync", "rand": "math/rand"}

// preludeText holds the generic functions of the standard library that cells use most, as cell-side source: a compiled
// generic function has no value that an interpreter could call. Each is written out for the types of a call.
var preludeText = map[string]string{
	"slices.Contains":       `func Contains[S ~[]E, E comparable](s S, v E) bool { for _, x := range s { if x == v { return true } }; return false }`,
	"slices.Index":          `func Index[S ~[]E, E comparable](s S, v E) int { for i, x := range s { if x == v { return i } }; return -1 }`,
	"slices.ContainsFunc":   `func ContainsFunc[S ~[]E, E any](s S, f func(E) bool) bool { for _, x := range s { if f(x) { return true } }; return false }`,
	"slices.IndexFunc":      `func IndexFunc[S ~[]E, E any](s S, f func(E) bool) int { for i, x := range s { if f(x) { return i } }; return -1 }`,
	"slices.Sort":           `func Sort[S ~[]E, E cmp.Ordered](s S) { sort.Slice(s, func(i, j int) bool { return s[i] < s[j] || s[i] != s[i] && s[j] == s[j] }) }`,
	"slices.SortFunc":       `func SortFunc[S ~[]E, E any](s S, f func(a, b E) int) { sort.Slice(s, func(i, j int) bool { return f(s[i], s[j]) < 0 }) }`,
	"slices.SortStableFunc": `func SortStableFunc[S ~[]E, E any](s S, f func(a, b E) int) { sort.SliceStable(s, func(i, j int) bool { return f(s[i], s[j]) < 0 }) }`,
	"slices.IsSorted":       `func IsSorted[S ~[]E, E cmp.Ordered](s S) bool { for i := 1; i < len(s); i++ { if s[i] < s[i-1] { return false } }; return true }`,
	"slices.Reverse":        `func Reverse[S ~[]E, E any](s S) { for i, j := 0, len(s)-1; i < j; i, j = i+1, j-1 { s[i], s[j] = s[j], s[i] } }`,
	"slices.Clone":          `func Clone[S ~[]E, E any](s S) S { if s == nil { return nil }; return append(S{}, s...) }`,
	"slices.Equal":          `func Equal[S ~[]E, E comparable](a, b S) bool { if len(a) != len(b) { return false }; for i := range a { if a[i] != b[i] { return false } }; return true }`,
	"slices.Compare":        `func Compare[S ~[]E, E cmp.Ordered](a, b S) int { for i := range a { if i >= len(b) { return 1 }; if c := cmp.Compare(a[i], b[i]); c != 0 { return c } }; if len(a) < len(b) { return -1 }; return 0 }`,
	"slices.Max":            `func Max[S ~[]E, E cmp.Ordered](s S) E { if len(s) == 0 { panic("slices.Max: empty list") }; m := s[0]; for _, x := range s { m = max(m, x) }; return m }`,
	"slices.Min":            `func Min[S ~[]E, E cmp.Ordered](s S) E { if len(s) == 0 { panic("slices.Min: empty list") }; m := s[0]; for _, x := range s { m = min(m, x) }; return m }`,
	"slices.MaxFunc":        `func MaxFunc[S ~[]E, E any](s S, f func(a, b E) int) E { if len(s) == 0 { panic("slices.MaxFunc: empty list") }; m := s[0]; for _, x := range s { if f(x, m) > 0 { m = x } }; return m }`,
	"slices.MinFunc":        `func MinFunc[S ~[]E, E any](s S, f func(a, b E) int) E { if len(s) == 0 { panic("slices.MinFunc: empty list") }; m := s[0]; for _, x := range s { if f(x, m) < 0 { m = x } }; return m }`,
	"slices.Insert":         `func Insert[S ~[]E, E any](s S, i int, v ...E) S { tail := append(S{}, s[i:]...); return append(append(s[:i], v...), tail...) }`,
	"slices.Delete":         `func Delete[S ~[]E, E any](s S, i, j int) S { _ = s[i:j]; n := len(s); r := append(s[:i], s[j:]...); clear(s[len(r):n]); return r }`,
	"slices.DeleteFunc":     `func DeleteFunc[S ~[]E, E any](s S, del func(E) bool) S { n := 0; for _, x := range s { if !del(x) { s[n] = x; n++ } }; clear(s[n:]); return s[:n] }`,
	"slices.Compact":        `func Compact[S ~[]E, E comparable](s S) S { if len(s) < 2 { return s }; n := 1; for i := 1; i < len(s); i++ { if s[i] != s[i-1] { s[n] = s[i]; n++ } }; clear(s[n:]); return s[:n] }`,
	"slices.CompactFunc":    `func CompactFunc[S ~[]E, E any](s S, eq func(E, E) bool) S { if len(s) < 2 { return s }; n := 1; for i := 1; i < len(s); i++ { if !eq(s[n-1], s[i]) { s[n] = s[i]; n++ } }; clear(s[n:]); return s[:n] }`,
	"slices.Concat":         `func Concat[S ~[]E, E any](lists ...S) S { var r S; for _, l := range lists { r = append(r, l...) }; return r }`,
	"slices.Repeat":         `func Repeat[S ~[]E, E any](s S, n int) S { r := S{}; for range n { r = append(r, s...) }; return r }`,
	"slices.BinarySearch":   `func BinarySearch[S ~[]E, E cmp.Ordered](s S, v E) (int, bool) { i := sort.Search(len(s), func(i int) bool { return s[i] >= v }); return i, i < len(s) && s[i] == v }`,
	"slices.Grow":           `func Grow[S ~[]E, E any](s S, n int) S { return append(s, make([]E, n)...)[:len(s)] }`,
	"slices.All":            `func All[S ~[]E, E any](s S) iter.Seq2[int, E] { return func(yield func(int, E) bool) { for i, x := range s { if !yield(i, x) { return } } } }`,
	"slices.Values":         `func Values[S ~[]E, E any](s S) iter.Seq[E] { return func(yield func(E) bool) { for _, x := range s { if !yield(x) { return } } } }`,
	"slices.Backward":       `func Backward[S ~[]E, E any](s S) iter.Seq2[int, E] { return func(yield func(int, E) bool) { for i := len(s) - 1; i >= 0; i-- { if !yield(i, s[i]) { return } } } }`,
	"slices.Collect":        `func Collect[E any](seq iter.Seq[E]) []E { var r []E; for x := range seq { r = append(r, x) }; return r }`,
	"slices.Sorted":         `func Sorted[E cmp.Ordered](seq iter.Seq[E]) []E { var r []E; for x := range seq { r = append(r, x) }; slices.Sort(r); return r }`,
	"slices.SortedFunc":     `func SortedFunc[E any](seq iter.Seq[E], f func(E, E) int) []E { var r []E; for x := range seq { r = append(r, x) }; slices.SortFunc(r, f); return r }`,
	"slices.AppendSeq":      `func AppendSeq[S ~[]E, E any](s S, seq iter.Seq[E]) S { for x := range seq { s = append(s, x) }; return s }`,
	"slices.Chunk":          `func Chunk[S ~[]E, E any](s S, n int) iter.Seq[S] { return func(yield func(S) bool) { for i := 0; i < len(s); i += n { if !yield(s[i:min(i+n, len(s))]) { return } } } }`,
	"maps.Keys":             `func Keys[M ~map[K]V, K comparable, V any](m M) iter.Seq[K] { return func(yield func(K) bool) { for k := range m { if !yield(k) { return } } } }`,
	"maps.Values":           `func Values[M ~map[K]V, K comparable, V any](m M) iter.Seq[V] { return func(yield func(V) bool) { for _, v := range m { if !yield(v) { return } } } }`,
	"maps.All":              `func All[M ~map[K]V, K comparable, V any](m M) iter.Seq2[K, V] { return func(yield func(K, V) bool) { for k, v := range m { if !yield(k, v) { return } } } }`,
	"maps.Clone":            `func Clone[M ~map[K]V, K comparable, V any](m M) M { if m == nil { return nil }; r := M{}; for k, v := range m { r[k] = v }; return r }`,
	"maps.Copy":             `func Copy[A ~map[K]V, B ~map[K]V, K comparable, V any](a A, b B) { for k, v := range b { a[k] = v } }`,
	"maps.Equal":            `func Equal[A, B ~map[K]V, K, V comparable](a A, b B) bool { if len(a) != len(b) { return false }; for k, v := range a { if w, ok := b[k]; !ok || w != v { return false } }; return true }`,
	"maps.DeleteFunc":       `func DeleteFunc[M ~map[K]V, K comparable, V any](m M, del func(K, V) bool) { for k, v := range m { if del(k, v) { delete(m, k) } } }`,
	"maps.Collect":          `func Collect[K comparable, V any](seq iter.Seq2[K, V]) map[K]V { r := map[K]V{}; for k, v := range seq { r[k] = v }; return r }`,
	"maps.Insert":           `func Insert[M ~map[K]V, K comparable, V any](m M, seq iter.Seq2[K, V]) { for k, v := range seq { m[k] = v } }`,
	"cmp.Compare":           `func Compare[T cmp.Ordered](x, y T) int { if x != x { if y != y { return 0 }; return -1 }; if y != y || x > y { return 1 }; if x < y { return -1 }; return 0 }`,
	"cmp.Less":              `func Less[T cmp.Ordered](x, y T) bool { return x != x && y == y || x < y }`,
	"cmp.Or":                `func Or[T comparable](list ...T) T { var zero T; for _, v := range list { if v != zero { return v } }; return zero }`,
	"math/rand/v2.N":        `func N[I ~int | ~int32 | ~int64 | ~uint | ~uint32 | ~uint64](n I) I { return I(rand.Int63n(int64(n))) }`,
	"sync.OnceValue":        `func OnceValue[T any](f func() T) func() T { var once sync.Once; var v T; return func() T { once.Do(func() { v = f() }); return v } }`,
}
