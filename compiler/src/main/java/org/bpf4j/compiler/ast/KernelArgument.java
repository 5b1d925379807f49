package org.bpf4j.compiler.ast;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.object.Signature;

/// An argument of a function of the kernel as the kernel wants it, with the Java expression that
/// gives it.
///
/// Java leaves out what it knows: the context, the sizes of buffers, the place of a dynptr to be.
/// An array may be given with a range, as `(array, from, count)`, and a string with a count.
///
/// @param kind what the kernel wants
/// @param expr what Java gives; nothing for what Java leaves out
/// @param range the part of an array, if not all of it
public record KernelArgument(Signature.Argument kind, Optional<Expr> expr, Optional<Range> range) {

  /// A part of an array, or the first bytes of a string.
  public record Range(Expr from, Expr count) {}

  /// The kernel's arguments of a call, in order.
  public static List<KernelArgument> of(Expr.KernelCall call) {
    List<Signature.Argument> wanted =
        call.function()
            .signature()
            .orElseThrow(() -> new CompilerBug(call.function() + " has no signature"))
            .arguments();
    List<Expr> given =
        call.arguments().stream()
            .map(KernelArgument::withoutConversion)
            .filter(expr -> !(expr instanceof Expr.ClassLiteral))
            .toList();
    long plain = wanted.stream().filter(Signature.Argument::isGiven).count();
    long extra = given.size() - plain;
    List<KernelArgument> arguments = new ArrayList<>();
    Iterator<Expr> next = given.iterator();
    for (int i = 0; i < wanted.size(); i++) {
      if (!wanted.get(i).isGiven()) {
        arguments.add(new KernelArgument(wanted.get(i), Optional.empty(), Optional.empty()));
        continue;
      }
      Expr expr = next.next();
      Optional<Range> range = Optional.empty();
      boolean sized = i + 1 < wanted.size() && wanted.get(i + 1).isSize();
      if (extra >= 2 && sized && expr.type() instanceof Type.ArrayType) {
        range = Optional.of(new Range(next.next(), next.next()));
        extra -= 2;
      } else if (extra == 1 && sized && expr.type() == Type.Special.BPF_STRING) {
        Expr start = new Expr.Literal(Type.Primitive.INT, 0, expr.span());
        range = Optional.of(new Range(start, next.next()));
        extra = 0;
      }
      arguments.add(new KernelArgument(wanted.get(i), Optional.of(expr), range));
    }
    if (extra != 0 || next.hasNext()) {
      throw new CompilerBug(call.function() + " takes " + plain + " arguments at " + call.span());
    }
    return arguments;
  }

  /// Null itself, whatever its type.
  private static Expr withoutConversion(Expr expr) {
    return expr instanceof Expr.Convert(Expr.Null none, _, _) ? none : expr;
  }
}
