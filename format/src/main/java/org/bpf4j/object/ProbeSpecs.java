package org.bpf4j.object;

/// Where the arguments of static probes of processes (USDT) are: the map that objects with such
/// programs have, which is filled when they are attached.
///
/// A probe may be at several instructions, with its arguments in other places at each. Attaching
/// gives each instruction a number as its cookie, under which the map has the places. Name and
/// layout are libbpf's (`struct __bpf_usdt_spec` of `usdt.bpf.h`), so that programs of other
/// compilers are attached as well.
public final class ProbeSpecs {

  /// The map's name.
  public static final String MAP = "__bpf_usdt_specs";

  /// The map's entries: `BPF_USDT_MAX_SPEC_CNT`.
  public static final int ENTRIES = 256;

  /// The greatest number of arguments: `BPF_USDT_MAX_ARG_CNT`.
  public static final int ARGUMENTS = 12;

  /// The size of an argument's place, `struct __bpf_usdt_arg_spec`.
  public static final int ARGUMENT_BYTES = 16;

  /// The size of an entry: the arguments, a cookie of the user's and their number.
  public static final int BYTES = ARGUMENTS * ARGUMENT_BYTES + 16;

  /// Where in an entry the number of arguments is.
  public static final int COUNT = ARGUMENTS * ARGUMENT_BYTES + 8;

  /// In a place: a number, the value itself or what is added to a register.
  public static final int NUMBER = 0;

  /// In a place: a word with the [Form] in its lowest 8 bits, the offset of the register that is an
  /// index in the next 12, and the binary logarithm of its factor in the next 4.
  public static final int FORM = 8;

  /// In a place: 16 bits with the register's offset in `struct pt_regs`.
  public static final int REGISTER = 12;

  /// In a place: a byte that is 1 if the value is signed.
  public static final int SIGNED = 14;

  /// In a place: a byte with the bits above those of the value.
  public static final int SHIFT = 15;

  /// What a place is; the numbers are those of `enum __bpf_usdt_arg_type`.
  public enum Form {
    /// The number.
    CONSTANT,
    /// A register.
    REGISTER,
    /// The memory at a register plus the number.
    MEMORY,
    /// The memory at a register plus the number plus a multiple of another register.
    INDEXED
  }

  private ProbeSpecs() {}

  /// The map.
  public static MapDefinition definition() {
    return new MapDefinition(MAP, MapKind.ARRAY, Integer.BYTES, BYTES, ENTRIES, 0, 0, 0);
  }
}
