package org.bpf4j.compiler.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Walk;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;

/// Formats have as many conversions as arguments, of the same kinds, and no more than the kernel
/// takes.
final class PrintRule implements Rule {
  private static final Pattern CONVERSION = Pattern.compile("%(.?)");

  @Override
  public List<Diagnostic> check(Program program) {
    List<Diagnostic> found = new ArrayList<>();
    for (Unit.Function function : program.functions()) {
      Walk.expressions(
          function.body(),
          expr -> {
            if (expr instanceof Expr.LibraryCall call
                && call.method().printed() > 0
                && call.arguments().getFirst() instanceof Expr.Text format) {
              problem(
                      call.method().printed(),
                      format.value(),
                      call.arguments().subList(1, call.arguments().size()))
                  .ifPresent(
                      text ->
                          found.add(
                              Diagnostic.error(
                                  Code.BPF1019,
                                  call.span(),
                                  text,
                                  "Helpers.printk(\"port %d of %s\", port, event.comm)")));
            }
          });
    }
    return found;
  }

  private static Optional<String> problem(int most, String format, List<Expr> arguments) {
    List<String> conversions = new ArrayList<>();
    Matcher matcher = CONVERSION.matcher(format);
    while (matcher.find()) {
      if (!matcher.group(1).equals("%")) {
        conversions.add(matcher.group(1));
      }
    }
    if (conversions.size() != arguments.size()) {
      return Optional.of(
          "the format has "
              + conversions.size()
              + " conversions, but there are "
              + arguments.size()
              + " arguments");
    }
    if (arguments.size() > most) {
      return Optional.of(arguments.size() + " arguments: the kernel prints at most " + most);
    }
    if (format.chars().anyMatch(c -> c > '~' || (c < ' ' && c != '\n' && c != '\t'))) {
      return Optional.of("the kernel prints ASCII formats only");
    }
    for (int i = 0; i < arguments.size(); i++) {
      if (!fits(conversions.get(i), arguments.get(i).type())) {
        return Optional.of(
            "%"
                + conversions.get(i)
                + " does not fit argument "
                + (i + 1)
                + ": use %d, %x or %c for numbers, %s for BpfString and KernelString, and constants"
                + " in the format");
      }
    }
    return Optional.empty();
  }

  private static boolean fits(String conversion, Type type) {
    return switch (conversion) {
      case "d", "x" ->
          type instanceof Primitive primitive && primitive != Primitive.BOOLEAN
              || type instanceof Type.EnumType;
      case "c" ->
          type instanceof Primitive primitive
              && primitive.bytes() <= 4
              && primitive != Primitive.BOOLEAN;
      case "s" -> type == Special.BPF_STRING || type == Special.KERNEL_STRING;
      default -> false;
    };
  }
}
