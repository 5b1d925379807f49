package org.bpf4j.inventory;

/// Type information (BTF) in the kernel.
///
/// @param id its number, which no other gets while the machine runs
/// @param name `vmlinux` or a module's name, `""` for that of programs and maps
/// @param bytes its size
/// @param ofKernel whether the kernel or a module brought it along; kernels before 5.11 say no
/// @param tenure what keeps it there
public record ListedTypes(int id, String name, int bytes, boolean ofKernel, Tenure tenure) {}
