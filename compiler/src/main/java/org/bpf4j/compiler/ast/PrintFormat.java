package org.bpf4j.compiler.ast;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.object.Helper;

/// A format, as of `Helpers.printk`, in the kernel's terms: Java's conversions, rewritten by the
/// types of what they print.
///
/// @param text the kernel's format
/// @param forms how each argument is passed, in order
/// @param problem why it is no format for these arguments; the rest is then meaningless
public record PrintFormat(String text, List<Form> forms, Optional<String> problem) {

  /// The arguments that `bpf_trace_printk` takes: helpers have five registers, two for the format.
  private static final int REGISTERS = 3;

  /// Copies the list.
  public PrintFormat {
    forms = List.copyOf(forms);
  }

  /// How an argument is passed to the kernel.
  public enum Form {
    /// A number, as it is.
    NUMBER("d", "lld"),
    /// A number in hexadecimal, of as many bits as its type has.
    HEX("x", "llx"),
    /// A character; the kernel prints those of one byte.
    CHARACTER("c", "c"),
    /// The address of a `BpfString` or `KernelString`.
    STRING("s", "s"),
    /// The address of `true` or `false`.
    BOOLEAN("s", "s");

    private final String narrow;
    private final String wide;

    Form(String narrow, String wide) {
      this.narrow = narrow;
      this.wide = wide;
    }
  }

  /// Reads a call's format, which is its first argument.
  public static PrintFormat of(Expr.LibraryCall call) {
    List<Expr> arguments = call.arguments();
    if (arguments.isEmpty() || !(arguments.getFirst() instanceof Expr.Text format)) {
      return wrong("the format is not a constant text");
    }
    int most = call.method().printed();
    if (arguments.size() - 1 > most) {
      return wrong("the kernel prints at most " + most + " arguments");
    }
    return rewrite(format.value(), arguments.subList(1, arguments.size()));
  }

  /// Every text that the call needs in read-only memory.
  public List<String> texts() {
    if (problem.isPresent()) {
      return List.of();
    }
    List<String> texts = new ArrayList<>(List.of(text));
    if (forms.contains(Form.BOOLEAN)) {
      texts.add("true");
      texts.add("false");
    }
    return texts;
  }

  /// The helper that a call of `printk` is: more than three arguments lie in an array.
  public static Helper printer(Expr.LibraryCall call) {
    return call.arguments().size() - 1 > REGISTERS ? Helper.TRACE_VPRINTK : Helper.TRACE_PRINTK;
  }

  private static PrintFormat wrong(String problem) {
    return new PrintFormat("", List.of(), Optional.of(problem));
  }

  private static PrintFormat rewrite(String format, List<Expr> arguments) {
    StringBuilder text = new StringBuilder();
    List<Form> forms = new ArrayList<>();
    int at = 0;
    while (at < format.length()) {
      char c = format.charAt(at++);
      if (c != '%') {
        text.append(c);
        continue;
      }
      char conversion = at < format.length() ? format.charAt(at) : 0;
      at++;
      if (conversion == '%') {
        text.append("%%");
      } else if (conversion == 'n') {
        text.append('\n');
      } else if (forms.size() == arguments.size()) {
        return wrong("`%" + conversion + "` has no argument");
      } else {
        Type type = unboxed(arguments.get(forms.size()).type());
        Optional<Form> form = form(conversion, type);
        if (form.isEmpty()) {
          return wrong("`%" + conversion + "` does not print this type");
        }
        forms.add(form.get());
        text.append('%').append(type == Primitive.LONG ? form.get().wide : form.get().narrow);
      }
    }
    return forms.size() == arguments.size()
        ? new PrintFormat(text.toString(), forms, Optional.empty())
        : wrong(
            "the format has "
                + forms.size()
                + " conversions for "
                + arguments.size()
                + " arguments");
  }

  /// What a value prints as: a box as what it holds.
  public static Type unboxed(Type type) {
    return type instanceof Type.Boxed(Primitive primitive) ? primitive : type;
  }

  private static Optional<Form> form(char conversion, Type type) {
    boolean integral =
        type instanceof Primitive && type != Primitive.BOOLEAN && type != Primitive.CHAR;
    return switch (conversion) {
      case 'd' -> integral ? Optional.of(Form.NUMBER) : Optional.empty();
      case 'x' -> integral ? Optional.of(Form.HEX) : Optional.empty();
      case 'c' ->
          type == Primitive.CHAR || (integral && type != Primitive.LONG)
              ? Optional.of(Form.CHARACTER)
              : Optional.empty();
      case 's' -> text(type, integral);
      default -> Optional.empty();
    };
  }

  private static Optional<Form> text(Type type, boolean integral) {
    if (type == Special.BPF_STRING || type == Special.KERNEL_STRING || type == Special.TEXT) {
      return Optional.of(Form.STRING);
    }
    if (type == Primitive.BOOLEAN) {
      return Optional.of(Form.BOOLEAN);
    }
    if (type == Primitive.CHAR) {
      return Optional.of(Form.CHARACTER);
    }
    return integral ? Optional.of(Form.NUMBER) : Optional.empty();
  }
}
