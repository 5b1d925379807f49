package org.bpf4j.compiler.translate;

import java.util.List;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.ssa.Value;

/// What an expression became: as many values as its type's shape has.
///
/// @param parts the values; see [Shapes]
/// @param extent the elements of an array, the bytes of a string or text; else 0
/// @param align what the address is known to be a multiple of, for references; else 1
record Operand(List<Value> parts, int extent, int align) {

  /// The stack's alignment of a slot, and the kernel's of map values and ring records.
  static final int MAX_ALIGN = 8;

  static final Operand NOTHING = new Operand(List.of(), 0, 1);

  Operand {
    parts = List.copyOf(parts);
  }

  static Operand of(Value value) {
    return new Operand(List.of(value), 0, 1);
  }

  static Operand of(List<Value> parts) {
    return new Operand(parts, 0, 1);
  }

  /// A nullable value: 1 or 0, then the value.
  static Operand pair(Value present, Value value) {
    return of(List.of(present, value));
  }

  static Operand reference(Value address, int extent, int align) {
    return new Operand(List.of(address), extent, align);
  }

  /// The value of a type with one.
  Value only() {
    if (parts.size() != 1) {
      throw new CompilerBug("one value expected in " + parts);
    }
    return parts.getFirst();
  }

  /// Whether a nullable value is there.
  Value flag() {
    return parts.getFirst();
  }

  Operand with(List<Value> values) {
    return new Operand(values, extent, align);
  }
}
