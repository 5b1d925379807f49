package org.bpf4j.compiler.translate;

import java.util.ArrayList;
import java.util.List;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.ssa.Value;

/// What an expression became: as many values as its type's shape has.
///
/// @param parts the values; see [Shapes]
/// @param extent the elements of an array, the bytes of a string or text; else 0
/// @param rows the lengths of the rows of an array of arrays, of the rows' rows, and so on
/// @param align what the address is known to be a multiple of, for references; else 1
record Operand(List<Value> parts, int extent, List<Integer> rows, int align) {

  /// The stack's alignment of a slot, and the kernel's of map values and ring records.
  static final int MAX_ALIGN = 8;

  static final Operand NOTHING = new Operand(List.of(), 0, 1);

  Operand {
    parts = List.copyOf(parts);
    rows = List.copyOf(rows);
  }

  private Operand(List<Value> parts, int extent, int align) {
    this(parts, extent, List.of(), align);
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

  /// A reference to an array.
  ///
  /// @param element what it holds, as it lies in memory
  static Operand array(Value address, int extent, Type element, int align) {
    List<Integer> rows = new ArrayList<>();
    Type inner = element;
    while (inner instanceof Type.RowType(Type next, int length)) {
      rows.add(length);
      inner = next;
    }
    return new Operand(List.of(address), extent, rows, align);
  }

  /// The Java type of this array's elements as it lies in memory: of rows the length is known.
  Type lying(Type element) {
    return lying(element, rows);
  }

  private static Type lying(Type element, List<Integer> rows) {
    if (rows.isEmpty() || !(element instanceof Type.ArrayType(Type inner))) {
      return element;
    }
    return new Type.RowType(lying(inner, rows.subList(1, rows.size())), rows.getFirst());
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
    return new Operand(values, extent, rows, align);
  }
}
