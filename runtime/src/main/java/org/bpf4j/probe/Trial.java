package org.bpf4j.probe;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.InsnCodec;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramType;
import org.bpf4j.sys.Bpf;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.ProgramCode;
import org.bpf4j.sys.VerifierReport;

/// A small program that is loaded to see what the kernel says of it.
///
/// @param result a negated error number, or 0 if it was loaded
/// @param log what the verifier said
record Trial(long result, String log) {

  /// Room for what is said of a few instructions.
  private static final int LOG_BYTES = 1 << 16;

  /// `BPF_F_SLEEPABLE`, without which there are no syscall programs.
  private static final int SLEEPABLE = 1 << 4;

  /// How often the verifier may be interrupted by a signal.
  private static final int ATTEMPTS = 5;

  /// Loads a program and frees it.
  static Trial load(ProgramType type, List<Insn> insns) {
    return load(type, expectedAttachType(type), insns);
  }

  private static Trial load(ProgramType type, int expected, List<Insn> insns) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment log = arena.allocate(LOG_BYTES);
      long result = load(type, expected, insns, VerifierReport.to(log));
      if (result >= 0) {
        Descriptor.own(result).close();
      }
      return new Trial(Math.min(result, 0), log.getString(0));
    }
  }

  /// Loads a program.
  ///
  /// @return a descriptor, or the negated error number
  static long load(ProgramType type, int expected, List<Insn> insns, VerifierReport report) {
    ProgramCode code =
        new ProgramCode(
            "probe",
            type.number(),
            expected,
            isBound(type) ? 1 : 0,
            0,
            type == ProgramType.SYSCALL ? SLEEPABLE : 0,
            "GPL",
            InsnCodec.encode(insns),
            -1,
            new byte[0],
            new byte[0],
            new int[0]);
    long result = Bpf.loadProgram(code, report);
    for (int i = 1; i < ATTEMPTS && Errno.EAGAIN.is(result); i++) {
      result = Bpf.loadProgram(code, report);
    }
    return result;
  }

  /// Whether programs of a type are bound to a kernel function when they are loaded; the trials
  /// name the first of the kernel's types, which is none.
  static boolean isBound(ProgramType type) {
    return type == ProgramType.TRACING
        || type == ProgramType.LSM
        || type == ProgramType.EXT
        || type == ProgramType.STRUCT_OPS;
  }

  /// What the first kind of a type is loaded for.
  private static int expectedAttachType(ProgramType type) {
    for (ProgramKind kind : ProgramKind.values()) {
      if (kind.type() == type) {
        return switch (type) {
          case CGROUP_SOCK_ADDR, CGROUP_SOCKOPT, SK_LOOKUP, NETFILTER, TRACING, LSM ->
              kind.expectedAttachType();
          default -> 0;
        };
      }
    }
    return 0;
  }

  /// Whether this process was not let try.
  boolean refused() {
    return Errno.EPERM.is(result) || Errno.EACCES.is(result) && log.isBlank();
  }
}
