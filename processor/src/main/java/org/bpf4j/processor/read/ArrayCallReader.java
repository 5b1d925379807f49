package org.bpf4j.processor.read;

import com.sun.source.tree.MethodInvocationTree;
import java.util.List;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.diagnostic.Code;

/// What the compiler asks of arrays that are filled, compared or copied as a whole, beyond what
/// javac has checked: that they hold values, of one type.
final class ArrayCallReader {
  private final Source source;

  ArrayCallReader(Source source) {
    this.source = source;
  }

  /// Refuses a call that BPF code cannot have.
  void check(MethodInvocationTree tree, Library method, List<Expr> arguments) {
    switch (method) {
      case ARRAYS_FILL -> {
        values(tree, arguments.getFirst(), "for (Slot slot : slots) slot.used = 0;");
        if (arguments.getLast().type() == Special.NULL) {
          throw source.reject(Code.BPF2004, tree, "an array holds no null", "a constant for none");
        }
      }
      case ARRAYS_COPY_OF, ARRAYS_COPY_OF_RANGE ->
          values(tree, arguments.getFirst(), "Helpers.copy(from[i], to[i]) for each");
      case ARRAYS_EQUALS -> {
        if (arguments.size() != 2) {
          throw source.reject(
              Code.BPF1007,
              tree,
              "parts of arrays cannot be compared by `Arrays.equals`",
              "for (int i = 0; i < n; i++) if (a[i] != b[j + i]) return false;");
        }
        pair(tree, arguments.getFirst(), arguments.getLast());
      }
      case SYSTEM_ARRAYCOPY -> pair(tree, arguments.get(0), arguments.get(2));
      default -> {}
    }
  }

  private void pair(MethodInvocationTree tree, Expr one, Expr other) {
    values(tree, one, "Helpers.copy(from[i], to[i]) for each");
    if (!one.type().equals(other.type())) {
      throw source.reject(
          Code.BPF1006,
          tree,
          "the arrays hold different types: %s and %s"
              .formatted(JavaTypes.word(one.type()), JavaTypes.word(other.type())),
          "for (int i = 0; i < n; i++) to[i] = (byte) from[i];");
    }
  }

  private static String kind(Type element) {
    return switch (element) {
      case Type.StructType _ -> "structs";
      case Type.ArrayType _ -> "arrays";
      default -> "atomics";
    };
  }

  private void values(MethodInvocationTree tree, Expr array, String help) {
    if (!(array.type() instanceof Type.ArrayType(Type element))) {
      throw source.reject(
          Code.BPF1006, tree, "only arrays can be filled, compared and copied", "Helpers.copy");
    }
    if (!CreationReader.isValue(element)) {
      throw source.reject(
          Code.BPF2013,
          tree,
          "the elements of the array are "
              + kind(element)
              + ", of which Java would copy or compare the references",
          help);
    }
  }
}
