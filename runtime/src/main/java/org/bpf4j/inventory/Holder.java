package org.bpf4j.inventory;

/// A process that has a descriptor of an object.
///
/// @param process its number
/// @param command its short name (`comm`)
public record Holder(long process, String command) {}
