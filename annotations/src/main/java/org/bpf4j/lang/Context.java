package org.bpf4j.lang;

/// What a program is called with: the type that all contexts extend.
///
/// Helpers take any context, since each kind of program has one of its own; which kinds may call
/// which helper, the compiler knows.
public interface Context {}
