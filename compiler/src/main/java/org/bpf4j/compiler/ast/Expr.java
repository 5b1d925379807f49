package org.bpf4j.compiler.ast;

import java.util.List;
import java.util.Optional;
import org.bpf4j.compiler.ast.Unit.FunctionRef;
import org.bpf4j.compiler.ast.Unit.Local;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.object.KernelFunction;

/// An expression of the accepted subset, with its Java type.
///
/// Every conversion that Java makes silently (promotion, boxing, narrowing constants) is a
/// [Convert] here, so that both operands of a [Binary] have the operation's type. Operands are
/// evaluated from left to right.
public sealed interface Expr {

  /// The Java type.
  Type type();

  /// Where it stands; the caret of a diagnostic goes to its start.
  Span span();

  /// A constant number: primitives, and enums by their representation.
  record Literal(Type type, long value, Span span) implements Expr {}

  /// `null`.
  record Null(Span span) implements Expr {
    @Override
    public Type type() {
      return Type.Special.NULL;
    }
  }

  /// A constant text.
  record Text(String value, Span span) implements Expr {
    @Override
    public Type type() {
      return Type.Special.TEXT;
    }
  }

  /// A class literal, such as `Ethernet.class`; `name` is the binary name.
  record ClassLiteral(String name, Span span) implements Expr {
    @Override
    public Type type() {
      return Type.Special.CLASS;
    }
  }

  /// A map field, as the receiver of a [Library] call.
  record MapRef(String owner, String name, Type type, Span span) implements Expr {}

  /// A field that holds a component, as the receiver of its methods.
  record ComponentRef(String owner, String name, Span span) implements Expr {
    @Override
    public Type type() {
      return Type.Special.COMPONENT;
    }
  }

  /// Something that can be assigned; as an expression it is read.
  sealed interface Place extends Expr {}

  /// A local variable.
  record LocalPlace(Local local, Span span) implements Place {
    @Override
    public Type type() {
      return local.type();
    }
  }

  /// A global variable.
  record GlobalPlace(String owner, String name, Type type, Span span) implements Place {}

  /// A field of a struct; `struct` is its binary name.
  record FieldPlace(Expr object, String struct, String field, Type type, Span span)
      implements Place {}

  /// An element of an array; an index out of range aborts.
  record ElementPlace(Expr array, Expr index, Type type, Span span) implements Place {}

  /// `-a`, `~a` or `!a`.
  record Unary(UnaryOp op, Expr operand, Type type, Span span) implements Expr {}

  /// Arithmetic, bits and comparisons. Shift counts keep their own promoted type.
  record Binary(BinaryOp op, Expr left, Expr right, Type type, Span span) implements Expr {}

  /// `left && right` (`and`) or `left || right`.
  record Logical(boolean and, Expr left, Expr right, Span span) implements Expr {
    @Override
    public Type type() {
      return Type.Primitive.BOOLEAN;
    }
  }

  /// `condition ? then : otherwise`.
  record Conditional(Expr condition, Expr then, Expr otherwise, Type type, Span span)
      implements Expr {}

  /// A conversion between primitives, or boxing or unboxing.
  record Convert(Expr operand, Type type, Span span) implements Expr {}

  /// `target = value`.
  record Assign(Place target, Expr value, Type type, Span span) implements Expr {}

  /// `target op= value`: computed in `operationType`, then narrowed to the target's type. The value
  /// is already converted; `target` is evaluated once.
  record CompoundAssign(
      BinaryOp op, Place target, Expr value, Type operationType, Type type, Span span)
      implements Expr {}

  /// `++`, `--`, before (`prefix`) or behind.
  record Increment(Place target, boolean prefix, int delta, Type type, Span span) implements Expr {}

  /// A call of BPF code; a view's default method gets `this` as the first argument.
  record Call(FunctionRef function, List<Expr> arguments, Type type, Span span) implements Expr {
    /// Copies the list.
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /// A call of something that the compiler knows.
  record LibraryCall(
      Library method, Optional<Expr> receiver, List<Expr> arguments, Type type, Span span)
      implements Expr {
    /// Copies the list.
    public LibraryCall {
      arguments = List.copyOf(arguments);
    }
  }

  /// A lambda or method reference: code that a library method calls back. The locals of the
  /// function around it that its body reads are its captures.
  record Lambda(List<Local> parameters, Type result, Stmt.Block body, Span span) implements Expr {
    /// Copies the list.
    public Lambda {
      parameters = List.copyOf(parameters);
    }

    @Override
    public Type type() {
      return Type.Special.CODE;
    }
  }

  /// A call of a function of the kernel; the program's context, if the function wants it, is left
  /// out, since a program has only one.
  record KernelCall(KernelFunction function, List<Expr> arguments, Type type, Span span)
      implements Expr {
    /// Copies the list.
    public KernelCall {
      arguments = List.copyOf(arguments);
    }
  }

  /// `new` of a struct: zeroed memory on the stack, then its initial values stored in order.
  record NewStruct(String struct, List<FieldValue> values, Type type, Span span) implements Expr {
    /// Copies the list.
    public NewStruct {
      values = List.copyOf(values);
    }
  }

  /// The initial value of a field, from its declaration.
  record FieldValue(String field, Expr value) {}

  /// `new` of a record: its components in order.
  record NewRecord(String record, List<Expr> components, Type type, Span span) implements Expr {
    /// Copies the list.
    public NewRecord {
      components = List.copyOf(components);
    }
  }

  /// `new T[length]`, zeroed, or with the elements given. Of an array of arrays the type says how
  /// long the rows are, and a [Convert] to the Java type is around it.
  record NewArray(int length, List<Expr> elements, Type type, Span span) implements Expr {
    /// Copies the list.
    public NewArray {
      elements = List.copyOf(elements);
    }
  }

  /// `array.length`.
  record ArrayLength(Expr array, Span span) implements Expr {
    @Override
    public Type type() {
      return Type.Primitive.INT;
    }
  }

  /// A record's component.
  record Component(Expr object, String record, String component, Type type, Span span)
      implements Expr {}

  /// Reads a view's field; `view` is the binary name of the interface that declares it.
  ///
  /// @param index which element, if the field is an array that is read by index
  record ViewRead(
      Expr object, String view, String accessor, Optional<Expr> index, Type type, Span span)
      implements Expr {
    /// Reads a field as a whole.
    public ViewRead(Expr object, String view, String accessor, Type type, Span span) {
      this(object, view, accessor, Optional.empty(), type, span);
    }
  }

  /// Writes a view's field.
  record ViewWrite(Expr object, String view, String accessor, Expr value, Span span)
      implements Expr {
    @Override
    public Type type() {
      return Type.Special.VOID;
    }
  }

  /// `object == null`.
  record IsNull(Expr object, Span span) implements Expr {
    @Override
    public Type type() {
      return Type.Primitive.BOOLEAN;
    }
  }

  /// Declares a local with its value, and is true: how a pattern names what it has found.
  record Bind(Local local, Expr value, Span span) implements Expr {
    @Override
    public Type type() {
      return Type.Primitive.BOOLEAN;
    }
  }

  /// A switch expression: its cases [Stmt.Yield]; without a match it aborts.
  record SwitchExpr(Expr selector, List<Stmt.Case> cases, Type type, Span span) implements Expr {
    /// Copies the list.
    public SwitchExpr {
      cases = List.copyOf(cases);
    }
  }

  /// Operators of [Unary].
  enum UnaryOp {
    /// `-a`
    NEGATE,
    /// `~a`
    COMPLEMENT,
    /// `!a`
    NOT
  }

  /// Operators of [Binary]; on booleans only `AND OR XOR EQ NE`.
  enum BinaryOp {
    ADD,
    SUB,
    MUL,
    DIV,
    REM,
    AND,
    OR,
    XOR,
    SHL,
    /// `>>`
    SHR,
    /// `>>>`
    USHR,
    EQ,
    NE,
    LT,
    LE,
    GT,
    GE;

    /// Whether the result is a boolean whatever the operands.
    public boolean isComparison() {
      return ordinal() >= EQ.ordinal();
    }

    /// Whether the right operand is a shift count.
    public boolean isShift() {
      return this == SHL || this == SHR || this == USHR;
    }
  }
}
