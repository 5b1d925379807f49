package org.bpf4j.probe;

import java.util.ArrayList;
import java.util.List;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.Insn.Operand.Imm;
import org.bpf4j.isa.Register;
import org.bpf4j.isa.Width;
import org.bpf4j.object.Helper;
import org.bpf4j.object.ProgramType;
import org.bpf4j.sys.Errno;

/// Tries types of programs, helpers and instructions.
final class ProgramProbe {

  private static final Insn ZERO = new Insn.Alu(Width.W64, Insn.AluOp.MOV, Register.R0, new Imm(0));

  private static final Insn EXIT = new Insn.Exit();

  /// How the verifier speaks of helpers that a type of programs does not have: since 6.12, before,
  /// of those that sleep, and of `bpf_get_func_ip`.
  private static final List<String> UNKNOWN_HELPER =
      List.of(
          "program of this type cannot use helper ",
          "unknown func ",
          "invalid func ",
          "might sleep in a non-sleepable prog",
          "sleepable helper ",
          "not supported for program type ");

  private ProgramProbe() {}

  /// Does nothing.
  static List<Insn> smallest() {
    return List.of(ZERO, EXIT);
  }

  /// A kernel that knows a type which is bound to a function says that there is none such.
  static Support type(ProgramType type) {
    Trial trial = Trial.load(type, smallest());
    if (trial.result() == 0) {
      return Support.YES;
    }
    if (trial.refused()) {
      return Support.UNKNOWN;
    }
    boolean known =
        Trial.isBound(type) && (!trial.log().isBlank() || Errno.ENOTSUPP.is(trial.result()));
    if (known) {
      return Support.YES;
    }
    return Errno.EINVAL.is(trial.result()) || Errno.EOPNOTSUPP.is(trial.result())
        ? Support.NO
        : Support.UNKNOWN;
  }

  /// The arguments are missing, which the verifier complains about only if it knows the helper.
  static Support helper(ProgramType type, Helper helper) {
    if (Trial.isBound(type)) {
      return type(type) == Support.NO ? Support.NO : Support.UNKNOWN;
    }
    Insn call = new Insn.Call(Insn.CallKind.HELPER, helper.number());
    Trial trial = Trial.load(type, List.of(call, ZERO, EXIT));
    if (trial.result() == 0) {
      return Support.YES;
    }
    if (trial.log().isBlank()) {
      return type(type) == Support.NO ? Support.NO : Support.UNKNOWN;
    }
    return UNKNOWN_HELPER.stream().anyMatch(trial.log()::contains) ? Support.NO : Support.YES;
  }

  static Support level(IsaLevel level) {
    List<Insn> insns = new ArrayList<>(List.of(ZERO));
    switch (level) {
      case V1 -> {}
      case V2 -> insns.add(branch(Width.W64, Insn.JumpOp.LT));
      case V3 -> insns.add(branch(Width.W32, Insn.JumpOp.EQ));
      case V4 -> {
        insns.add(new Insn.MoveSignExtend(Width.W64, 8, Register.R0, Register.R0));
        insns.add(new Insn.Alu(Width.W64, Insn.AluOp.SDIV, Register.R0, new Imm(3)));
        insns.add(new Insn.Swap(Insn.Order.SWAP, 32, Register.R0));
        insns.add(new Insn.Jump(true, 0));
        insns.add(ZERO);
      }
    }
    insns.add(EXIT);
    Trial trial = Trial.load(ProgramType.SOCKET_FILTER, insns);
    if (trial.result() == 0) {
      return Support.YES;
    }
    return trial.refused() ? Support.UNKNOWN : Support.NO;
  }

  private static Insn branch(Width width, Insn.JumpOp op) {
    return new Insn.Branch(width, op, Register.R0, new Imm(1), 0);
  }
}
