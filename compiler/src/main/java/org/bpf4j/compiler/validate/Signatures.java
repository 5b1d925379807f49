package org.bpf4j.compiler.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.Library;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Walk;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;

/// Checks the number of arguments where registers limit it, and that what is printed fits its
/// format.
final class Signatures {
  /// The registers that pass arguments: `r1` to `r5`.
  private static final int REGISTERS = 5;

  /// What `bpf_trace_printk` takes besides the format and its size.
  private static final int PRINTED = REGISTERS - 2;

  private static final Pattern CONVERSION = Pattern.compile("%(.?)");

  private Signatures() {}

  static List<Diagnostic> check(Unit.Function function) {
    List<Diagnostic> found = new ArrayList<>();
    if (function.role() instanceof Unit.Role.Callee(boolean global)
        && global
        && function.parameters().size() > REGISTERS) {
      found.add(
          Diagnostic.error(
              Code.BPF3002,
              function.span(),
              "a global function takes at most " + REGISTERS + " arguments, not "
                  + function.parameters().size(),
              "leave out `global = true`, so that it can be inlined, or pass a struct"));
    }
    Walk.expressions(
        function.body(),
        expr -> {
          if (expr instanceof Expr.LibraryCall call
              && call.method() == Library.PRINTK
              && call.arguments().getFirst() instanceof Expr.Text format) {
            check(call, format, found);
          }
        });
    return found;
  }

  private static void check(Expr.LibraryCall call, Expr.Text format, List<Diagnostic> found) {
    List<Expr> printed = call.arguments().subList(1, call.arguments().size());
    List<String> conversions = new ArrayList<>();
    Matcher matcher = CONVERSION.matcher(format.value());
    while (matcher.find()) {
      String conversion = matcher.group(1);
      if (!List.of("d", "x", "s", "c", "%").contains(conversion)) {
        found.add(
            error(
                format, "the format has `%" + conversion + "`, which the kernel's trace cannot"
                    + " print", "use %d, %x, %s or %c"));
        return;
      } else if (!conversion.equals("%")) {
        conversions.add(conversion);
      }
    }
    if (conversions.size() != printed.size()) {
      found.add(
          error(
              call,
              "the format prints " + conversions.size() + " values, but " + printed.size()
                  + " are given",
              ""));
    } else if (printed.size() > PRINTED) {
      found.add(
          error(call, "at most " + PRINTED + " values can be printed at once", "print twice"));
    } else {
      for (int i = 0; i < printed.size(); i++) {
        if (!fits(conversions.get(i), printed.get(i).type())) {
          found.add(
              error(
                  printed.get(i),
                  "`%" + conversions.get(i) + "` cannot print this value",
                  "%d and %x print numbers, %c a char, %s a BpfString"));
        }
      }
    }
  }

  private static boolean fits(String conversion, Type type) {
    return switch (conversion) {
      case "s" -> type == Type.Special.BPF_STRING || type == Type.Special.TEXT;
      case "c" -> type == Primitive.CHAR || type == Primitive.BYTE || type == Primitive.INT;
      default -> type instanceof Primitive || type instanceof Type.EnumType;
    };
  }

  private static Diagnostic error(Expr at, String message, String help) {
    return Diagnostic.error(Code.BPF1019, at.span(), message, help);
  }
}
