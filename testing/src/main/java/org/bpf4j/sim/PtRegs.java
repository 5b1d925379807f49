package org.bpf4j.sim;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfType;
import org.bpf4j.object.ProbeSpecs;
import org.bpf4j.object.ProgramParameters.RegisterUse;

/// The registers that a kprobe sees: `struct pt_regs` of x86-64, whatever the machine is.
final class PtRegs {

  /// Its members in order; each has eight bytes.
  static final List<String> MEMBERS =
      List.of(
          "r15", "r14", "r13", "r12", "bp", "bx", "r11", "r10", "r9", "r8", "ax", "cx", "dx", "si",
          "di", "orig_ax", "ip", "cs", "flags", "sp", "ss");

  /// The members that hold a function's arguments, first to sixth.
  private static final List<String> ARGUMENTS = List.of("di", "si", "dx", "cx", "r8", "r9");

  /// The members that hold a system call's arguments.
  private static final List<String> SYSTEM_CALL = List.of("di", "si", "dx", "r10", "r8", "r9");

  /// The struct as BTF.
  static final Btf TYPES = types();

  /// The struct's size.
  static final int BYTES = MEMBERS.size() * Long.BYTES;

  private PtRegs() {}

  private static Btf types() {
    List<BtfType.Member> members = new ArrayList<>();
    for (String name : MEMBERS) {
      members.add(new BtfType.Member(name, 1, members.size() * Long.SIZE, 0));
    }
    return new Btf(
        List.of(
            new BtfType.Int("unsigned long", Long.BYTES, BtfType.IntEncoding.NONE, Long.SIZE),
            new BtfType.Struct("pt_regs", MEMBERS.size() * Long.BYTES, members)));
  }

  /// The offset of a function's argument, 0 to 5.
  static int argument(int index) {
    return MEMBERS.indexOf(ARGUMENTS.get(index)) * Long.BYTES;
  }

  /// The entry of [ProbeSpecs] of a simulated probe: its arguments are where a function's are.
  static byte[] probe() {
    ByteBuffer spec = ByteBuffer.allocate(ProbeSpecs.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < ARGUMENTS.size(); i++) {
      int at = i * ProbeSpecs.ARGUMENT_BYTES;
      spec.putInt(at + ProbeSpecs.FORM, ProbeSpecs.Form.REGISTER.ordinal());
      spec.putShort(at + ProbeSpecs.REGISTER, (short) argument(i));
    }
    return spec.putShort(ProbeSpecs.COUNT, (short) ARGUMENTS.size()).array();
  }

  /// The offset of what a parameter is.
  static int parameter(RegisterUse use, int index) {
    return switch (use) {
      case ARGUMENTS -> argument(index);
      case SESSION -> index == 0 ? parameter(RegisterUse.RESULT, 0) : argument(index - 1);
      case RESULT -> MEMBERS.indexOf("ax") * Long.BYTES;
      case SYSTEM_CALL -> MEMBERS.indexOf(SYSTEM_CALL.get(index)) * Long.BYTES;
    };
  }

  /// The registers at the return of a function.
  static byte[] ofResult(long result) {
    return ByteBuffer.allocate(BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(parameter(RegisterUse.RESULT, 0), result)
        .array();
  }

  /// The registers at the entry of a system call.
  static byte[] ofSystemCall(long... arguments) {
    ByteBuffer regs = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < arguments.length; i++) {
      regs.putLong(parameter(RegisterUse.SYSTEM_CALL, i), arguments[i]);
    }
    return regs.array();
  }

  /// The registers at the entry of a function.
  ///
  /// @throws IllegalArgumentException if there are more than six arguments
  static byte[] ofArguments(long... arguments) {
    if (arguments.length > ARGUMENTS.size()) {
      throw new IllegalArgumentException(
          arguments.length + " arguments; registers hold " + ARGUMENTS.size());
    }
    ByteBuffer regs = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < arguments.length; i++) {
      regs.putLong(argument(i), arguments[i]);
    }
    return regs.array();
  }
}
