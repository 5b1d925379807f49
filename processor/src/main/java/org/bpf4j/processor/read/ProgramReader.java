package org.bpf4j.processor.read;

import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import org.bpf4j.compiler.ast.ProbeRegisters;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.ast.Unit.Role;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.object.ProbeSpecs;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramOption;
import org.bpf4j.object.ProgramParameters;
import org.bpf4j.object.ProgramParameters.RegisterUse;
import org.bpf4j.object.ProgramResult;

/// Reads what makes a method a program: its annotation, and whether its signature fits.
public final class ProgramReader {
  /// `MAX_BPF_FUNC_ARGS`, and a result.
  private static final int MAX_ARGUMENTS = 13;

  private static final String LANG = "org.bpf4j.lang.";

  private final Source source;
  private final JavaTypes types;

  ProgramReader(Source source, JavaTypes types) {
    this.source = source;
    this.types = types;
  }

  /// The kind of program that a method is annotated as.
  public static Optional<ProgramKind> kind(ExecutableElement method) {
    return Stream.of(ProgramKind.values())
        .filter(kind -> Annotations.has(method, kind.annotation()))
        .findFirst();
  }

  /// The names that a program's annotation states, such as a tracepoint's.
  public static List<String> targets(ExecutableElement method) {
    Optional<ProgramKind> found = kind(method);
    if (found.equals(Optional.of(ProgramKind.OPERATION))) {
      return List.of(OperationReader.member(method));
    }
    return found
        .flatMap(kind -> Annotations.find(method, kind.annotation()))
        .map(
            mirror ->
                Annotations.text(mirror, "binary").isEmpty()
                    ? Annotations.texts(mirror, "value")
                    : inBinary(mirror))
        .orElse(List.of());
  }

  /// Functions of a binary, each with the bytes behind its start if that is not the place.
  private static List<String> inBinary(AnnotationMirror mirror) {
    String binary = Annotations.text(mirror, "binary") + ":";
    String offset = Annotations.text(mirror, "offset");
    String provider = Annotations.text(mirror, "provider");
    if (!provider.isEmpty()) {
      return List.of(binary + provider + ":" + Annotations.text(mirror, "name"));
    }
    List<String> functions = new ArrayList<>(Annotations.texts(mirror, "functions"));
    functions.addAll(Annotations.texts(mirror, "function"));
    if (functions.isEmpty()) {
      return List.of(binary + offset);
    }
    String behind = offset.isEmpty() ? "" : "+" + offset;
    return functions.stream().map(function -> binary + function + behind).toList();
  }

  /// The constant of a map of programs that the method is called by, or the empty text.
  public static String stage(ExecutableElement method) {
    return kind(method)
        .flatMap(kind -> Annotations.find(method, kind.annotation()))
        .map(mirror -> Annotations.text(mirror, "stage"))
        .orElse("");
  }

  /// The method's role if it is a program; a signature that does not fit is reported.
  Optional<Role.Program> read(ExecutableElement method) {
    return kind(method)
        .map(
            kind -> {
              check(method, kind);
              return new Role.Program(kind, options(method, kind), targets(method));
            });
  }

  /// Options are elements of the annotation, by name: `sleepable = true`.
  private static List<ProgramOption> options(ExecutableElement method, ProgramKind kind) {
    return Annotations.find(method, kind.annotation()).stream()
        .flatMap(
            mirror ->
                kind.choices().stream()
                    .filter(
                        option ->
                            Annotations.text(mirror, option.name().toLowerCase(Locale.ROOT))
                                .equals("true")))
        .sorted()
        .toList();
  }

  private void check(ExecutableElement method, ProgramKind kind) {
    String name = "`" + method.getSimpleName() + "`";
    String example = kind.example(method.getSimpleName().toString());
    if (!method.getModifiers().contains(Modifier.STATIC)) {
      report(method, name + " is a program: the kernel has no object to call it on", "static …");
    }
    if (method.getModifiers().contains(Modifier.PRIVATE)) {
      report(method, name + " is a program, so user space must see it", "leave out `private`");
    }
    Type result = types.of(method.getReturnType()).orElse(Special.VOID);
    if (!results(kind).contains(result)) {
      String returned = name + " returns " + method.getReturnType() + ", but ";
      report(method, returned + resultText(kind), example);
    }
    if (!parametersFit(method, kind)) {
      report(
          method,
          name + " has parameters that " + kind.phrase() + " program does not get",
          example);
    }
    if (kind.target().isInside(targets(method)) && !method.getParameters().isEmpty()) {
      report(
          method,
          name + " runs inside of a function, where registers hold its parameters no more",
          "leave out the parameters, or name the function alone");
    }
    refuseUnknownFields(method, kind);
    if (!kind.target().accepts(targets(method))) {
      report(method, name + " does not name what to attach to", example);
    }
  }

  /// The tracepoints of system calls share two structs, which have no fields of the calls' names.
  private void refuseUnknownFields(ExecutableElement method, ProgramKind kind) {
    if (kind != ProgramKind.TRACEPOINT || method.getParameters().size() != 1) {
      return;
    }
    boolean enters = targets(method).stream().allMatch(t -> t.startsWith("syscalls/sys_enter_"));
    boolean exits = targets(method).stream().allMatch(t -> t.startsWith("syscalls/sys_exit_"));
    if ((enters || exits)
        && method.getParameters().getFirst().asType() instanceof DeclaredType type
        && type.asElement() instanceof TypeElement view
        && Annotations.find(view, "TracepointArgs")
            .map(mirror -> Annotations.text(mirror, "value"))
            .filter(String::isEmpty)
            .isPresent()) {
      report(
          method,
          "`"
              + view.getSimpleName()
              + "` does not say that it views what "
              + (enters ? "all system calls get" : "system calls give"),
          enters
              ? "@TracepointArgs(\"trace_event_raw_sys_enter\") interface "
                  + view.getSimpleName()
                  + " { @Size(6) long args(int index); }"
              : "@TracepointArgs(\"trace_event_raw_sys_exit\") interface "
                  + view.getSimpleName()
                  + " { long ret(); }");
    }
  }

  private static List<Type> results(ProgramKind kind) {
    return switch (kind.result()) {
      case ProgramResult.Action action -> List.of(new Type.EnumType(LANG + action.type()));
      case ProgramResult.Number _ when kind.parameters() instanceof ProgramParameters.Function ->
          Stream.<Type>concat(Stream.of(Special.VOID), Stream.of(Primitive.values())).toList();
      case ProgramResult.Number _ -> List.of(Special.VOID, Primitive.INT);
      case ProgramResult.Nothing _ -> List.of(Special.VOID);
    };
  }

  private static String resultText(ProgramKind kind) {
    return switch (kind.result()) {
      case ProgramResult.Action action ->
          kind.phrase() + " program decides " + action.decides() + ": " + action.type();
      case ProgramResult.Number _ -> "this kind returns int or nothing";
      case ProgramResult.Nothing _ -> "this kind returns nothing";
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
    Type first = parameters.getFirst();
    boolean single = parameters.size() == 1;
    return switch (kind.parameters()) {
      case ProgramParameters.Context context ->
          single && first.equals(new Type.ViewType(LANG + context.layout().view()));
      case ProgramParameters.Fields _ -> single && first instanceof Type.ViewType;
      case ProgramParameters.Function _ ->
          parameters.size() <= ProbeRegisters.count()
              && parameters.stream()
                  .allMatch(
                      p ->
                          p instanceof Primitive
                              || p instanceof Type.EnumType
                              || p instanceof Type.StructType
                              || p instanceof Type.ViewType);
      case ProgramParameters.Buffer _ ->
          first instanceof Type.StructType
              && parameters.size() <= MAX_ARGUMENTS
              && parameters.stream().skip(1).allMatch(p -> p instanceof Primitive);
      case ProgramParameters.Struct _ -> single && first instanceof Type.StructType;
      case ProgramParameters.Registers registers ->
          parameters.size() <= registers(registers.use()) && areArguments(parameters);
      case ProgramParameters.Probe _ ->
          parameters.size() <= ProbeSpecs.ARGUMENTS && areArguments(parameters);
      case ProgramParameters.Item _ ->
          first.equals(new Type.ViewType(LANG + "IterContext"))
              && parameters.size() <= MAX_ARGUMENTS
              && areArguments(parameters);
      case ProgramParameters.Arguments _ ->
          parameters.size() <= MAX_ARGUMENTS && areArguments(parameters);
    };
  }

  private static int registers(RegisterUse use) {
    return switch (use) {
      case ARGUMENTS, SYSTEM_CALL -> ProbeRegisters.count();
      case SESSION -> 1 + ProbeRegisters.count();
      case RESULT -> 1;
    };
  }

  private static boolean areArguments(List<Type> parameters) {
    return parameters.stream().allMatch(p -> p instanceof Primitive || p instanceof Type.ViewType);
  }

  private void report(ExecutableElement method, String message, String help) {
    Tree tree = source.trees().getTree(method);
    source.report(Diagnostic.error(Code.BPF1014, source.span(tree), message, help));
  }
}
