/// What descriptions of a kernel's types mean on a certain kernel: the answers to CO-RE
/// relocations, and the instructions with the answers in place.
///
/// An object describes structs and enums as far as it reads them; a
/// [resolver][org.bpf4j.core.CoreResolver] finds the kernel's types of the same names and says
/// where the described things are there. The rules are libbpf's, so that an object means the same
/// whoever loads it. Whether the kernel is the running one, another one or a simulated one makes no
/// difference: its types come as [candidates][org.bpf4j.core.CoreCandidates].
package org.bpf4j.core;
