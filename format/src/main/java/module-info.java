/// The formats: BPF instructions, BTF, the ELF object, and the kernel's tables of helpers, maps and
/// program kinds.
@org.jspecify.annotations.NullMarked
module org.bpf4j.format {
  requires static org.jspecify;

  exports org.bpf4j.btf;
  exports org.bpf4j.core;
  exports org.bpf4j.isa;
  exports org.bpf4j.object;
}
