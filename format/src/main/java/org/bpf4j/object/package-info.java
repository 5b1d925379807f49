/// The BPF object: what a `.bpf.o` file says, its ELF form, and the kernel's tables it refers to.
///
/// [BpfObject][org.bpf4j.object.BpfObject] is the noun; [ElfWriter][org.bpf4j.object.ElfWriter] and
/// [ElfReader][org.bpf4j.object.ElfReader] are the arrows to and from a file that libbpf, bpftool
/// and cilium/ebpf load too. [Helper][org.bpf4j.object.Helper], [MapKind][org.bpf4j.object.MapKind]
/// and [ProgramKind][org.bpf4j.object.ProgramKind] are the kernel's UAPI as tables.
package org.bpf4j.object;
