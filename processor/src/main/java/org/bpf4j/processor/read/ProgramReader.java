package org.bpf4j.processor.read;

import com.sun.source.tree.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.ast.Unit.Role;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.object.ProgramKind;

/// Reads what makes a method a program: its annotation, and whether its signature fits.
public final class ProgramReader {
  private static final Map<String, ProgramKind> KINDS =
      Map.of(
          "Xdp", ProgramKind.XDP,
          "Tc", ProgramKind.TC,
          "Tracepoint", ProgramKind.TRACEPOINT,
          "RawTracepoint", ProgramKind.RAW_TRACEPOINT,
          "Kprobe", ProgramKind.KPROBE,
          "Syscall", ProgramKind.SYSCALL);

  private final Source source;
  private final JavaTypes types;

  ProgramReader(Source source, JavaTypes types) {
    this.source = source;
    this.types = types;
  }

  /// The kind of program that a method is annotated as.
  public static Optional<ProgramKind> kind(ExecutableElement method) {
    return KINDS.entrySet().stream()
        .filter(entry -> Annotations.has(method, entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /// The names that a program's annotation states, such as a tracepoint's.
  public static List<String> targets(ExecutableElement method) {
    return KINDS.keySet().stream()
        .flatMap(name -> Annotations.find(method, name).stream())
        .flatMap((AnnotationMirror mirror) -> Annotations.texts(mirror, "value").stream())
        .toList();
  }

  /// The method's role if it is a program; a signature that does not fit is reported.
  Optional<Role.Program> read(ExecutableElement method) {
    return kind(method)
        .map(
            kind -> {
              check(method, kind);
              return new Role.Program(kind, targets(method));
            });
  }

  private void check(ExecutableElement method, ProgramKind kind) {
    String name = "`" + method.getSimpleName() + "`";
    if (!method.getModifiers().contains(Modifier.STATIC)) {
      report(method, name + " is a program: the kernel has no object to call it on", "static …");
    }
    if (method.getModifiers().contains(Modifier.PRIVATE)) {
      report(method, name + " is a program, so user space must see it", "leave out `private`");
    }
    Type result = types.of(method.getReturnType()).orElse(Special.VOID);
    if (!results(kind).contains(result)) {
      report(
          method,
          name + " returns " + method.getReturnType() + ", but " + resultText(kind),
          example(kind, method));
    }
    if (!parametersFit(method, kind)) {
      report(
          method,
          name + " has parameters that " + article(kind) + " program does not get",
          example(kind, method));
    }
    checkTarget(method, kind, name);
  }

  private void checkTarget(ExecutableElement method, ProgramKind kind, String name) {
    boolean named =
        switch (kind) {
          case TRACEPOINT ->
              targets(method).stream().allMatch(t -> t.matches("[A-Za-z0-9_-]+/[A-Za-z0-9_]+"));
          case RAW_TRACEPOINT, KPROBE ->
              !targets(method).isEmpty()
                  && targets(method).stream().allMatch(t -> t.matches("[A-Za-z0-9_.$]+"));
          case XDP, TC, SYSCALL -> true;
        };
    if (!named) {
      report(
          method,
          name + " does not name what to attach to",
          kind == ProgramKind.TRACEPOINT
              ? "@Tracepoint(\"syscalls/sys_enter_execve\")"
              : example(kind, method));
    }
  }

  private static List<Type> results(ProgramKind kind) {
    return switch (kind) {
      case XDP -> List.of(new Type.EnumType("org.bpf4j.lang.XdpAction"));
      case TC -> List.of(new Type.EnumType("org.bpf4j.lang.TcAction"));
      case TRACEPOINT, RAW_TRACEPOINT, KPROBE, SYSCALL -> List.of(Special.VOID, Primitive.INT);
    };
  }

  private static String resultText(ProgramKind kind) {
    return switch (kind) {
      case XDP -> "an XDP program decides what happens to the frame: XdpAction";
      case TC -> "a tc program decides what happens to the packet: TcAction";
      case TRACEPOINT, RAW_TRACEPOINT, KPROBE, SYSCALL -> "this kind returns int or nothing";
    };
  }

  private boolean parametersFit(ExecutableElement method, ProgramKind kind) {
    List<Type> parameters =
        method.getParameters().stream()
            .map((VariableElement p) -> types.of(p.asType()).orElse(Special.VOID))
            .toList();
    if (parameters.isEmpty()) {
      return true;
    }
    if (kind == ProgramKind.KPROBE) {
      return parameters.size() <= 5
          && parameters.stream()
              .allMatch(p -> p instanceof Primitive || p instanceof Type.ViewType);
    }
    Type first = parameters.getFirst();
    return parameters.size() == 1
        && switch (kind) {
          case XDP -> first.equals(new Type.ViewType("org.bpf4j.lang.XdpContext"));
          case TC -> first.equals(new Type.ViewType("org.bpf4j.lang.TcContext"));
          case RAW_TRACEPOINT ->
              first.equals(new Type.ViewType("org.bpf4j.lang.RawTracepointContext"));
          case TRACEPOINT -> first instanceof Type.ViewType;
          case SYSCALL -> first instanceof Type.StructType;
          case KPROBE -> false;
        };
  }

  private static String article(ProgramKind kind) {
    return switch (kind) {
      case XDP -> "an XDP";
      case TC -> "a tc";
      case TRACEPOINT -> "a tracepoint";
      case RAW_TRACEPOINT -> "a raw tracepoint";
      case KPROBE -> "a kprobe";
      case SYSCALL -> "a syscall";
    };
  }

  private static String example(ProgramKind kind, ExecutableElement method) {
    String name = method.getSimpleName().toString();
    return switch (kind) {
      case XDP -> "@Xdp static XdpAction " + name + "(XdpContext ctx)";
      case TC -> "@Tc static TcAction " + name + "(TcContext ctx)";
      case TRACEPOINT -> "@Tracepoint(\"…/…\") static void " + name + "(ArgsView args)";
      case RAW_TRACEPOINT ->
          "@RawTracepoint(\"…\") static void " + name + "(RawTracepointContext ctx)";
      case KPROBE -> "@Kprobe(\"…\") static void " + name + "(int first, KernelView second)";
      case SYSCALL -> "@Syscall static int " + name + "(ArgumentsStruct arguments)";
    };
  }

  private void report(ExecutableElement method, String message, String help) {
    Tree tree = source.trees().getTree(method);
    source.report(Diagnostic.error(Code.BPF1014, source.span(tree), message, help));
  }
}
