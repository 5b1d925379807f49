package org.bpf4j.sim;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfType;

/// The registers that a kprobe sees: `struct pt_regs` of x86-64, whatever the machine is.
final class PtRegs {

  /// Its members in order; each has eight bytes.
  static final List<String> MEMBERS =
      List.of(
          "r15", "r14", "r13", "r12", "bp", "bx", "r11", "r10", "r9", "r8", "ax", "cx", "dx", "si",
          "di", "orig_ax", "ip", "cs", "flags", "sp", "ss");

  /// The members that hold a function's arguments, first to sixth.
  private static final List<String> ARGUMENTS = List.of("di", "si", "dx", "cx", "r8", "r9");

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
