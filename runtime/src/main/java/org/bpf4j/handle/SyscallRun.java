package org.bpf4j.handle;

/// What a syscall program gave back.
///
/// @param result its result
/// @param argument its argument as it left it
/// @param <C> the argument
public record SyscallRun<C>(int result, C argument) {}
