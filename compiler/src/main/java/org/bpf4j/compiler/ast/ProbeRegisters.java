package org.bpf4j.compiler.ast;

import java.util.List;
import org.bpf4j.object.ProgramParameters.RegisterUse;

/// The kernel structs in which a kprobe finds its function's arguments, one for each architecture.
///
/// No view is declared for them; a CO-RE access names them by these names. Which of them the
/// running kernel has is itself asked of its BTF, so one object serves both.
public final class ProbeRegisters {

  /// `struct pt_regs` of x86-64, with one field of type `unsigned long` for each register.
  public static final String X86_64 = "pt_regs";

  /// `struct user_pt_regs` of arm64, with `__u64 regs[31]`.
  public static final String ARM64 = "user_pt_regs";

  /// The registers of the first five arguments in the x86-64 calling convention, as the kernel
  /// names them.
  private static final List<String> ARGUMENTS = List.of("di", "si", "dx", "cx", "r8");

  /// The registers of the first five arguments of a system call on x86-64: `cx` is taken.
  private static final List<String> SYSTEM_CALL = List.of("di", "si", "dx", "r10", "r8");

  private ProbeRegisters() {}

  /// The most arguments that both architectures pass in registers and that we name.
  public static int count() {
    return ARGUMENTS.size();
  }

  /// The field path of what a parameter is in [#X86_64].
  public static String x86Path(RegisterUse use, int parameter) {
    return switch (use) {
      case ARGUMENTS -> ARGUMENTS.get(parameter);
      case SESSION -> parameter == 0 ? "ax" : ARGUMENTS.get(parameter - 1);
      case RESULT -> "ax";
      case SYSTEM_CALL -> SYSTEM_CALL.get(parameter);
    };
  }

  /// The field path of what a parameter is in [#ARM64]: arguments and results begin at `x0`.
  public static String armPath(RegisterUse use, int parameter) {
    int register = use == RegisterUse.SESSION ? Math.max(parameter - 1, 0) : parameter;
    return "regs[" + register + "]";
  }
}
