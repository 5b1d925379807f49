package org.bpf4j.sys;

/// Everything that the kernel is told when a program is loaded.
///
/// The arrays are shared, not copied: a value lives for one load.
///
/// @param name the name to show
/// @param type `enum bpf_prog_type`
/// @param expectedAttachType `enum bpf_attach_type`, or 0
/// @param attachType the id of the type in the kernel's BTF that it is bound to, or 0
/// @param attachProgram the descriptor of the program that has that type instead, or 0
/// @param flags `BPF_F_*` of `BPF_PROG_LOAD`
/// @param license the licence's text
/// @param insns the instructions, encoded
/// @param btf the descriptor of loaded BTF, or −1; then `functions` and `lines` are not used
/// @param functions `struct bpf_func_info` records
/// @param lines `struct bpf_line_info` records
/// @param descriptors those that instructions name by their places in it
@SuppressWarnings("ArrayRecordComponent") // shared, never compared
public record ProgramCode(
    String name,
    int type,
    int expectedAttachType,
    int attachType,
    int attachProgram,
    int flags,
    String license,
    byte[] insns,
    int btf,
    byte[] functions,
    byte[] lines,
    int[] descriptors) {

  /// The size of `struct bpf_func_info`.
  public static final int FUNCTION_RECORD_BYTES = 8;

  /// The size of `struct bpf_line_info`.
  public static final int LINE_RECORD_BYTES = 16;
}
