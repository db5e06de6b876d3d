package plotting

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/png"
)

// encoded is the page as a PNG file.
//
// The encoder of the standard library tries five filters on every row of three bytes a pixel, which takes as long as
// everything else together. A plot is mostly paper and has few colours: one byte a pixel, no filter, and the fastest
// compression make it three times faster and smaller too.
func (p *pixels) encoded() []byte {
	page, ok := p.Image().(*image.RGBA)
	if !ok {
		return nil // gonum's canvas has no other
	}
	counted := countColors(page)
	palette, translate := counted.palette()
	if palette == nil {
		return trueColor(page)
	}
	return indexedPage(page, counted, palette, translate)
}

func indexedPage(page *image.RGBA, counted census, palette []uint32, translate []uint8) []byte {
	indices := make([]byte, len(counted.pixel))
	for k, c := range counted.pixel {
		indices[k] = translate[c]
	}
	return indexed(page.Rect.Dx(), page.Rect.Dy(), palette, indices)
}

// A census of the colours of an image.
type census struct {
	colors []uint32 // as red + green<<8 + blue<<16, each once
	counts []int
	pixel  []uint16 // the colour of each pixel, as an index into colors
}

// mostColors is where a census gives up: the image is a photograph.
const mostColors = 1 << 14

func countColors(page *image.RGBA) census {
	var c census
	c.pixel = make([]uint16, len(page.Pix)/4)
	known := map[uint32]uint16{}
	last, index := ^uint32(0), uint16(0)
	for k := range c.pixel {
		color := binary.LittleEndian.Uint32(page.Pix[4*k:]) & 0xFFFFFF
		if color != last {
			found, ok := known[color]
			if !ok {
				if len(c.colors) == mostColors {
					return census{}
				}
				found = uint16(len(c.colors))
				known[color] = found
				c.colors, c.counts = append(c.colors, color), append(c.counts, 0)
			}
			last, index = color, found
		}
		c.counts[index]++
		c.pixel[k] = index
	}
	return c
}

// palette is at most 256 colours, and which of them stands for each colour of the census. Shades of antialiasing that
// differ by less than an eye can see share the most frequent one of them. It is nil where that is not enough.
func (c census) palette() (palette []uint32, translate []uint8) {
	if len(c.colors) == 0 {
		return nil, nil
	}
	for _, bits := range []uint32{8, 5, 4} {
		if palette, translate = c.grouped(bits); palette != nil {
			return palette, translate
		}
	}
	return nil, nil
}

// grouped lets colours that agree in the upper bits of each part share an entry.
func (c census) grouped(bits uint32) (palette []uint32, translate []uint8) {
	mask := uint32(0xFF<<(8-bits)) & 0xFF
	mask |= mask<<8 | mask<<16
	group := map[uint32]int{}
	var best []int
	translate = make([]uint8, len(c.colors))
	for k, color := range c.colors {
		g, ok := group[color&mask]
		if !ok {
			if g = len(palette); g == 256 {
				return nil, nil
			}
			group[color&mask] = g
			palette, best = append(palette, color), append(best, 0)
		}
		if c.counts[k] > best[g] {
			palette[g], best[g] = color, c.counts[k]
		}
		translate[k] = uint8(g)
	}
	return palette, translate
}

// indexed writes a PNG file of one byte a pixel (PNG specification, third edition, chapters 5 and 11).
func indexed(width, height int, palette []uint32, indices []byte) []byte {
	header := binary.BigEndian.AppendUint32(nil, uint32(width))
	header = binary.BigEndian.AppendUint32(header, uint32(height))
	header = append(header, 8, 3, 0, 0, 0) // eight bits, palette, deflate, the five filters, not interlaced
	colors := make([]byte, 0, 3*len(palette))
	for _, c := range palette {
		colors = append(colors, byte(c), byte(c>>8), byte(c>>16))
	}
	file := []byte("\x89PNG\r\n\x1a\n")
	file = appendChunk(file, "IHDR", header)
	file = appendChunk(file, "PLTE", colors)
	file = appendChunk(file, "IDAT", deflated(width, indices))
	return appendChunk(file, "IEND", nil)
}

// deflated compresses rows, each behind a zero that says it is not filtered.
func deflated(width int, indices []byte) []byte {
	var packed bytes.Buffer
	w, err := zlib.NewWriterLevel(&packed, zlib.BestSpeed)
	if err != nil {
		panic(err) // the level is one of the package's own
	}
	row := make([]byte, width+1)
	for ; len(indices) >= width && width > 0; indices = indices[width:] {
		copy(row[1:], indices[:width])
		w.Write(row) // into memory: cannot fail
	}
	w.Close()
	return packed.Bytes()
}

func appendChunk(file []byte, kind string, data []byte) []byte {
	file = binary.BigEndian.AppendUint32(file, uint32(len(data)))
	begin := len(file)
	file = append(append(file, kind...), data...)
	return binary.BigEndian.AppendUint32(file, crc32.ChecksumIEEE(file[begin:]))
}

// trueColor is for pages with more shades than a palette holds.
func trueColor(page *image.RGBA) []byte {
	var encoded bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(&encoded, page); err != nil {
		return nil // only an image without pixels cannot be encoded, and Subplots refuses such sizes
	}
	return encoded.Bytes()
}
