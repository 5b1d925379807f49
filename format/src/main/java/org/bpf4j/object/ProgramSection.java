package org.bpf4j.object;

import java.util.Optional;

/// What the name of a program's section says: its kind and where to attach it.
///
/// @param kind the kind of program
/// @param target what stands after the kind, such as `syscalls/sys_enter_execve`, or `""`
public record ProgramSection(ProgramKind kind, String target) {

  /// Understands a section name by libbpf's convention; nothing if it is of no kind we know.
  public static Optional<ProgramSection> parse(String section) {
    int slash = section.indexOf('/');
    String prefix = slash < 0 ? section : section.substring(0, slash);
    String target = slash < 0 ? "" : section.substring(slash + 1);
    return switch (prefix) {
      case "xdp", "xdp.frags" -> of(ProgramKind.XDP, target);
      case "tc", "tcx", "classifier" -> of(ProgramKind.TC, target);
      case "tp", "tracepoint" -> of(ProgramKind.TRACEPOINT, target);
      case "raw_tp", "raw_tracepoint" -> of(ProgramKind.RAW_TRACEPOINT, target);
      case "kprobe" -> of(ProgramKind.KPROBE, target);
      case "syscall" -> target.isEmpty() ? of(ProgramKind.SYSCALL, "") : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<ProgramSection> of(ProgramKind kind, String target) {
    return Optional.of(new ProgramSection(kind, target));
  }
}
