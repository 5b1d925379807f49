package org.bpf4j.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.InsnCodec;
import org.bpf4j.isa.Register;
import org.bpf4j.isa.Width;
import org.bpf4j.object.ProgramType;

/// Links to many functions; offsets are those of `link_create` in `union bpf_attr`.
public final class MultiLink {

  /// `BPF_F_KPROBE_MULTI_RETURN` and `BPF_F_UPROBE_MULTI_RETURN`.
  private static final int RETURN = 1;

  /// `BPF_TRACE_UPROBE_MULTI` of `enum bpf_attach_type`.
  public static final int UPROBES = 48;

  private MultiLink() {}

  /// Attaches to kernel functions by name.
  ///
  /// @param attachType `BPF_TRACE_KPROBE_MULTI` or `BPF_TRACE_KPROBE_SESSION`
  /// @param cookies a number for each function, which the program can ask for
  /// @return a descriptor, or the negated error number
  public static long kprobes(
      Descriptor program,
      int attachType,
      List<String> functions,
      long[] cookies,
      boolean atReturn) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment names = arena.allocate(JAVA_LONG, functions.size());
      for (int i = 0; i < functions.size(); i++) {
        names.setAtIndex(JAVA_LONG, i, arena.allocateFrom(functions.get(i)).address());
      }
      MemorySegment attr = AttachCommands.link(arena, program, 0, attachType);
      attr.set(JAVA_INT, 16, atReturn ? RETURN : 0);
      attr.set(JAVA_INT, 20, functions.size());
      attr.set(JAVA_LONG, 24, names.address());
      attr.set(JAVA_LONG, 40, arena.allocateFrom(JAVA_LONG, cookies).address());
      return AttachCommands.createLink(arena, attr);
    }
  }

  /// Attaches to places of a file.
  ///
  /// @param attachType `BPF_TRACE_UPROBE_MULTI` or `BPF_TRACE_UPROBE_SESSION`
  /// @param counters for each place where in the file a counter of two bytes is that the kernel
  ///   keeps above 0, or 0
  /// @param cookies a number for each place, which the program can ask for
  /// @param process the process, or 0 for all
  /// @return a descriptor, or the negated error number
  public static long uprobes(
      Descriptor program,
      int attachType,
      String path,
      long[] offsets,
      long[] counters,
      long[] cookies,
      int process,
      boolean atReturn) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attr = AttachCommands.link(arena, program, 0, attachType);
      attr.set(JAVA_LONG, 16, arena.allocateFrom(path).address());
      attr.set(JAVA_LONG, 24, arena.allocateFrom(JAVA_LONG, offsets).address());
      attr.set(JAVA_LONG, 32, arena.allocateFrom(JAVA_LONG, counters).address());
      attr.set(JAVA_LONG, 40, arena.allocateFrom(JAVA_LONG, cookies).address());
      attr.set(JAVA_INT, 48, offsets.length);
      attr.set(JAVA_INT, 52, atReturn ? RETURN : 0);
      attr.set(JAVA_INT, 56, process);
      return AttachCommands.createLink(arena, attr);
    }
  }

  /// Whether the kernel takes the number for a process's, and not only for its first thread's:
  /// kernels that do refuse a negative one before they look at the path.
  public static boolean knowsProcesses(Descriptor program, int attachType) {
    return Errno.EINVAL.is(nowhere(program, attachType, -1));
  }

  /// What the kernel says of a place in a directory: `EBADF` if it knows such links.
  private static long nowhere(Descriptor program, int attachType, int process) {
    long[] one = {0};
    return uprobes(program, attachType, "/", one, one, one, process, false);
  }

  /// Whether programs that were loaded for it can be attached to places of a file by one link, for
  /// all threads of a process (Linux 6.10): it is tried once, with a program that does nothing.
  public static boolean hasUprobes() {
    return Uprobes.KNOWN;
  }

  private static final class Uprobes {

    static final boolean KNOWN = known();

    private static boolean known() {
      List<Insn> nothing =
          List.of(
              new Insn.Alu(Width.W64, Insn.AluOp.MOV, Register.R0, new Insn.Operand.Imm(0)),
              new Insn.Exit());
      ProgramCode code =
          new ProgramCode(
              "probe",
              ProgramType.KPROBE.number(),
              UPROBES,
              0,
              0,
              0,
              "GPL",
              InsnCodec.encode(nothing),
              -1,
              new byte[0],
              new byte[0],
              new int[0]);
      long loaded = Bpf.loadProgram(code, VerifierReport.NONE);
      if (loaded < 0) {
        return false;
      }
      try (Descriptor program = Descriptor.own(loaded)) {
        return Errno.EBADF.is(nowhere(program, UPROBES, 0)) && knowsProcesses(program, UPROBES);
      }
    }
  }
}
