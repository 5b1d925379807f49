package org.bpf4j.compiler.translate;

import java.util.Optional;
import org.bpf4j.compiler.ast.Declaration.Accessor;
import org.bpf4j.compiler.ast.Declaration.ViewDecl;
import org.bpf4j.compiler.ast.Declaration.ViewKind;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.ssa.Fact;
import org.bpf4j.compiler.ssa.Region;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.isa.MemorySize;
import org.bpf4j.object.ProgramParameters;

/// Accessors of views: headers and contexts directly, kernel structs and tracepoints through
/// [KernelViews].
final class Views {
  private final Body body;
  private final Code code;
  private final KernelViews kernel;

  Views(Body body) {
    this.body = body;
    this.code = body.code;
    this.kernel = new KernelViews(body);
  }

  KernelViews kernel() {
    return kernel;
  }

  Operand read(Expr.ViewRead expr) {
    ViewDecl view = body.shapes.declaration(expr.view());
    Accessor accessor = accessor(view, expr.accessor());
    Operand object = body.expressions.value(expr.object());
    Optional<Value> index = expr.index().map(body.expressions::number);
    body.at(expr.span());
    return switch (view.kind()) {
      case HEADER, CONTEXT -> {
        Address at = address(view, accessor, object, expr.object());
        if (accessor.type() instanceof Type.ViewType) {
          yield Operand.of(code.load(at, MemorySize.DW, false, org.bpf4j.compiler.ssa.Type.PTR));
        }
        yield body.memory.read(at, accessor.type(), accessor.storage(), accessor.length());
      }
      case KERNEL_STRUCT ->
          kernel.readStruct(view, accessor, tested(expr.object(), object.only()), index);
      case TRACEPOINT -> kernel.readTracepoint(view, accessor, object.only(), index);
    };
  }

  /// Writes a field; a number that does not fit aborts.
  Operand write(Expr.ViewWrite expr) {
    ViewDecl view = body.shapes.declaration(expr.view());
    Accessor accessor = accessor(view, expr.accessor());
    Operand object = body.expressions.value(expr.object());
    Operand value = body.expressions.valueAs(expr.value(), accessor.type());
    body.at(expr.span());
    if (view.kind() == ViewKind.KERNEL_STRUCT) {
      kernel.write(view, accessor, object.only(), Subjects.of(expr.object()), value);
      return Operand.NOTHING;
    } else if (view.kind() == ViewKind.TRACEPOINT) {
      throw new CompilerBug("write of a " + view.kind());
    }
    Address at = address(view, accessor, object, expr.object());
    boolean word = isContext(view) && accessor.type() instanceof Primitive;
    if (word && accessor.storage().bytes() < Integer.BYTES) {
      body.numbers.checkFits(accessor.storage(), accessor.type(), value.only());
      body.numbers.storeWord(at, accessor.storage(), accessor.type(), value.only());
    } else {
      body.memory.write(at, accessor.type(), accessor.storage(), value);
    }
    return Operand.NOTHING;
  }

  /// A parameter that is said to be null now and then is tested before it is read.
  private Value tested(Expr object, Value address) {
    return object instanceof Expr.LocalPlace place && place.local().nullable()
        ? code.refine(address, new Fact.NonNull(Subjects.of(object)))
        : address;
  }

  /// Whether a view is of the program's context itself, not of what the context refers to.
  private boolean isContext(ViewDecl view) {
    return body.scope.kind().parameters() instanceof ProgramParameters.Context context
        && view.kind() == ViewKind.CONTEXT
        && view.name().endsWith("." + context.layout().view());
  }

  /// Packet bytes need no alignment, those of an array on the stack do, and the fields of contexts
  /// have theirs; of those that are arrays of words, the kernel gives and takes one word at a time.
  private Address address(ViewDecl view, Accessor accessor, Operand object, Expr expr) {
    int offset = body.scope.layouts().view(view.name()).offset(accessor.name());
    if (view.kind() == ViewKind.HEADER) {
      Fact there = new Fact.Present(object.flag(), Subjects.of(expr));
      Value base = code.refine(object.parts().get(1), there);
      return Provenance.of(code.ssa(), base).filter(k -> k == Region.Kind.STACK).isPresent()
          ? new Address(base, offset, Provenance.stackAlignment(code.ssa(), base))
          : Address.unaligned(base, offset);
    }
    Value base =
        view.isSocket()
            ? code.refine(object.only(), new Fact.NonNull(Subjects.of(expr)))
            : object.only();
    return view.kind() == ViewKind.CONTEXT && accessor.type() instanceof Type.RecordType
        ? new Address(base, offset, Integer.BYTES)
        : Address.unaligned(base, offset);
  }

  /// The accessor of that name.
  static Accessor accessor(ViewDecl view, String name) {
    return view.accessors().stream()
        .filter(accessor -> accessor.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new CompilerBug("no accessor " + name + " in " + view.name()));
  }

  /// A view of a struct that the kernel vouches for, as its functions want it, which must not be
  /// null.
  Value owner(Expr expr, String struct) {
    boolean fits =
        expr.type() instanceof Type.ViewType(String name)
            && isOwner(body.shapes.declaration(name), struct);
    if (!fits) {
      throw new Refusal(
          Diagnostic.error(
              org.bpf4j.compiler.diagnostic.Code.BPF2018,
              expr.span(),
              "the kernel wants another object of its own here: a " + struct,
              "hand over a view of struct " + struct));
    }
    Value owner = body.expressions.value(expr).only();
    body.at(expr.span());
    return code.refine(owner, new Fact.NonNull(Subjects.of(expr)));
  }

  private static boolean isOwner(ViewDecl view, String struct) {
    String name = view.kernelType().replaceFirst("___.*", "");
    boolean socket = struct.equals("sock") && (view.isSocket() || name.endsWith("_sock"));
    return name.equals(struct) || socket;
  }
}
