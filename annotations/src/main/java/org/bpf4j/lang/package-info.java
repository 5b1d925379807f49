/// What programs are written with: annotations, maps, contexts and the kernel's functions.
///
/// A program is a static method of a class annotated [Bpf]. It is compiled to eBPF bytecode and
/// runs in the Linux kernel when something happens: a packet arrives, a process starts. It is Java
/// with Java's meaning, restricted to what the kernel can prove safe: no objects but structs,
/// records and fixed arrays, no exceptions to catch, no recursion.
///
/// - A class annotated [Struct] is memory that the program owns or shares; a record is a value; an
///   annotated interface ([Header], [KernelStruct], [TracepointArgs]) is a view of memory that
///   belongs to somebody else.
/// - State between runs is in static fields: [BpfMap], [RingBuffer], [UserRing], [PerCpu], and
///   plain variables.
/// - Storage annotations ([U8] to [Be64], [At]) say how a number lies in memory; programs compute
///   with Java's numbers.
/// - Where Java would throw, the program ends with the safe result of its kind.
@NullMarked
package org.bpf4j.lang;

import org.jspecify.annotations.NullMarked;
