package org.bpf4j.load;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.InsnCodec;
import org.bpf4j.isa.Register;
import org.bpf4j.isa.Width;
import org.bpf4j.object.Helper;
import org.bpf4j.object.ProgramType;
import org.bpf4j.sys.Architecture;
import org.bpf4j.sys.Bpf;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.ProgramCode;
import org.bpf4j.sys.VerifierReport;

/// What the running kernel can do, found out by trying, once.
final class Probes {

  private static final Map<String, Boolean> KNOWN = new ConcurrentHashMap<>();

  private Probes() {}

  /// Whether probes can be given a number that their program asks for (Linux 5.15).
  static boolean cookies() {
    return KNOWN.computeIfAbsent(
        "cookies",
        _ ->
            loads(
                ProgramType.KPROBE,
                new Insn.Call(Insn.CallKind.HELPER, Helper.GET_ATTACH_COOKIE.number()),
                new Insn.Exit()));
  }

  /// Whether programs may take the address of a kernel function that they know by its type (Linux
  /// 6.3).
  ///
  /// @param function the id of such a type
  static boolean functionAddresses(int function) {
    return KNOWN.computeIfAbsent(
        "function addresses",
        _ ->
            loads(
                ProgramType.SOCKET_FILTER,
                new Insn.LoadImm64(Register.R1, Insn.ImmKind.BTF_ID, function),
                new Insn.Alu(Width.W64, Insn.AluOp.MOV, Register.R0, new Insn.Operand.Imm(0)),
                new Insn.Exit()));
  }

  /// Whether system calls begin in a function of their own that gets the registers of the caller.
  static boolean systemCallWrappers() {
    return KNOWN.computeIfAbsent(
        "system call wrappers",
        _ -> KernelSymbols.isNamed("__" + Architecture.CURRENT.systemCalls() + "_sys_bpf"));
  }

  private static boolean loads(ProgramType type, Insn... insns) {
    ProgramCode code =
        new ProgramCode(
            "probe",
            type.number(),
            0,
            0,
            0,
            0,
            "GPL",
            InsnCodec.encode(List.of(insns)),
            -1,
            new byte[0],
            new byte[0],
            new int[0]);
    long result = Bpf.loadProgram(code, VerifierReport.NONE);
    if (result < 0) {
      return false;
    }
    Descriptor.of(result, "BPF_PROG_LOAD").close();
    return true;
  }
}
