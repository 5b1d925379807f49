package org.bpf4j.processor.read;

import com.sun.source.tree.MethodInvocationTree;
import java.util.List;
import java.util.Optional;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Span;

/// Reads methods of `java.util.Objects`, whose parameters are of any type, and those that every
/// object has, of boxes and enums.
final class ObjectsCallReader {
  private final Source source;

  ObjectsCallReader(Source source) {
    this.source = source;
  }

  /// The arguments of a static method, in the types that the compiler wants.
  ///
  /// @param result the type of the call
  List<Expr> converted(
      MethodInvocationTree tree, Library method, List<Expr> arguments, Type result) {
    return switch (method) {
      case REQUIRE_NON_NULL -> {
        if (arguments.size() > 1 && !(arguments.getLast() instanceof Expr.Text)) {
          throw source.reject(
              Code.BPF1016,
              tree,
              "nobody sees the message: where Java would throw, the program aborts",
              "Objects.requireNonNull(value)");
        }
        yield List.of(Conversions.to(result, arguments.getFirst()));
      }
      case REQUIRE_NON_NULL_ELSE ->
          arguments.stream().map(argument -> Conversions.to(result, argument)).toList();
      case IS_NULL, NON_NULL -> List.of(boxed(arguments.getFirst()));
      case OBJECTS_EQUALS -> {
        List<Expr> boxes = arguments.stream().map(ObjectsCallReader::boxed).toList();
        yield comparable(tree, boxes.getFirst(), boxes.getLast());
      }
      default -> arguments;
    };
  }

  private static Expr boxed(Expr value) {
    return value.type() instanceof Primitive primitive
        ? Conversions.to(new Type.Boxed(primitive), value)
        : value;
  }

  private List<Expr> comparable(MethodInvocationTree tree, Expr left, Expr right) {
    Type type = left.type() == Special.NULL ? right.type() : left.type();
    boolean values =
        type instanceof Type.Boxed
            || type instanceof Type.EnumType
            || type instanceof Type.RecordType;
    boolean same = right.type().equals(type) || right.type() == Special.NULL;
    if (!values || !same) {
      throw source.reject(
          Code.BPF1010,
          tree,
          values
              ? "a %s never equals a %s".formatted(JavaTypes.word(type), word(right.type()))
              : "`equals` of a " + word(type) + " would compare references",
          "compare the numbers or components that they hold");
    }
    return List.of(Conversions.to(type, left), Conversions.to(type, right));
  }

  private static String word(Type type) {
    return JavaTypes.word(type);
  }

  /// A method of a box or an enum that is not declared in the program.
  ///
  /// @param argument its argument, if it has one
  Optional<Expr> instance(
      MethodInvocationTree tree, Expr receiver, String name, Optional<Expr> argument) {
    Span span = source.span(tree);
    return switch (name) {
      case "equals" ->
          argument.map(
              other -> {
                List<Expr> both = comparable(tree, present(receiver), boxed(other));
                return new Expr.LibraryCall(
                    Library.OBJECTS_EQUALS, Optional.empty(), both, Primitive.BOOLEAN, span);
              });
      case "compareTo" -> argument.map(other -> compared(receiver, other, span));
      case "hashCode" -> hash(receiver, span);
      default -> Optional.empty();
    };
  }

  /// The receiver, unboxed once so that it must be there.
  private static Expr present(Expr receiver) {
    return receiver.type() instanceof Type.Boxed(Primitive primitive)
        ? Conversions.to(receiver.type(), Conversions.to(primitive, receiver))
        : receiver;
  }

  private static Expr compared(Expr receiver, Expr other, Span span) {
    if (receiver.type() instanceof Type.Boxed(Primitive primitive)) {
      return new Expr.LibraryCall(
          primitive == Primitive.BOOLEAN ? Library.BOOLEAN_COMPARE : Library.COMPARE,
          Optional.empty(),
          List.of(Conversions.to(primitive, receiver), Conversions.to(primitive, other)),
          Primitive.INT,
          span);
    }
    return new Expr.Binary(
        Expr.BinaryOp.SUB, ordinal(receiver), ordinal(other), Primitive.INT, span);
  }

  static Expr ordinal(Expr constant) {
    return new Expr.LibraryCall(
        Library.ORDINAL, Optional.of(constant), List.of(), Primitive.INT, constant.span());
  }

  private static Optional<Expr> hash(Expr receiver, Span span) {
    if (!(receiver.type() instanceof Type.Boxed(Primitive primitive))) {
      return Optional.empty();
    }
    return Optional.of(
        new Expr.LibraryCall(
            primitive == Primitive.BOOLEAN ? Library.BOOLEAN_HASH_CODE : Library.HASH_CODE,
            Optional.empty(),
            List.of(Conversions.to(primitive, receiver)),
            Primitive.INT,
            span));
  }
}
