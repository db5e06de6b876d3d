// Package wire turns the frames of the Jupyter messaging protocol into messages and back.
//
// Decode checks the frames of one message in this order: delimiter and count, signature, replay, JSON. Encode writes
// the four JSON parts once and signs those bytes. Signatures are HMAC-SHA256 over the bytes as they travel, never over
// JSON that was written again; they are compared in constant time; a signature seen before is refused.
//
// Every fault of the other side is an error value: nothing here panics on input, and what cannot be written as JSON
// (NaN, infinities, channels) becomes null instead of an error. Package wire knows no socket and no message type.
package wire
