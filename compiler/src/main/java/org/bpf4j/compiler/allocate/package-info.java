/// From virtual registers to the machine's ten, and from slots to a frame.
///
/// [Allocator][org.bpf4j.compiler.allocate.Allocator] is the arrow: it colours the interference
/// graph with iterated coalescing, and what finds no colour is made anew at its uses or lives in
/// the frame.
package org.bpf4j.compiler.allocate;
