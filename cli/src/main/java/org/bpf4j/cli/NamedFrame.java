package org.bpf4j.cli;

import org.bpf4j.handle.Frame;

/// A frame, and what to call it.
///
/// @param name what it is, or its number in a capture
/// @param bytes its bytes, from the link-layer header on
record NamedFrame(String name, byte[] bytes) implements Frame {}
