/// Packets for tests: built layer by layer, or read from a capture.
///
/// A [org.bpf4j.packet.Packet] has right lengths and checksums unless told otherwise, so that a
/// test says only what it is about.
@NullMarked
package org.bpf4j.packet;

import org.jspecify.annotations.NullMarked;
