//go:build !linux

package sim

// useLargePages does nothing: other systems choose their pages by themselves.
func useLargePages([]int32) {}
