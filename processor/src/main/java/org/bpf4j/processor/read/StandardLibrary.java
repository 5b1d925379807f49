package org.bpf4j.processor.read;

import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/// What to write instead of classes and methods of the JDK that programs cannot have.
final class StandardLibrary {

  /// @param owner the class, or the package with a dot behind it
  /// @param method the method; empty for all
  private record Advice(String owner, String method, String help) {
    boolean fits(String type, String name) {
      boolean same = owner.endsWith(".") ? type.startsWith(owner) : type.equals(owner);
      return same && (method.isEmpty() || method.equals(name));
    }
  }

  private static final String LETTERS =
      "c >= '0' && c <= '9': what else Unicode calls a digit or letter would need its tables";

  private static final List<Advice> METHODS =
      List.of(
          new Advice(
              "org.bpf4j.lang.Helpers", "range", "it is walked where it is made: for (int i : …)"),
          new Advice("org.bpf4j.lang.Critical", "", "try (var _ = Critical.rcu()) { … }"),
          new Advice("org.bpf4j.lang.Walk", "", "it stands in a loop: for (TaskStruct task : …)"),
          new Advice("java.lang.System", "nanoTime", "Helpers.ktimeGetNs()"),
          new Advice(
              "java.lang.System",
              "currentTimeMillis",
              "Helpers.ktimeGetTaiNs(), or convert ktimeGetNs() in user space: KernelClock"),
          new Advice("java.lang.System", "", "see Helpers for what the kernel can tell"),
          new Advice("java.lang.Thread", "", "programs do not wait; a BpfTimer runs code later"),
          new Advice("java.lang.Character", "", LETTERS),
          new Advice("java.lang.Math", "random", "Helpers.getPrandomU32()"),
          new Advice(
              "java.lang.String",
              "format",
              "Helpers.printk(\"port %d\", port), or format of a BpfString"),
          new Advice("java.lang.String", "", "a BpfString, which has a fixed size"),
          new Advice("java.util.Arrays", "stream", "for (int each : array) …"),
          new Advice("java.util.Arrays", "asList", "for (int each : array) …"),
          new Advice("java.util.Arrays", "", "write the loop in a static method"),
          new Advice("java.util.stream.", "", "write the loop"),
          new Advice("java.util.Objects", "", "compute it from the parts"),
          new Advice(
              "java.util.concurrent.TimeUnit",
              "",
              "multiply by 1_000 for each step; of a constant it is one"),
          new Advice("java.time.", "", "nanoseconds as long: of constants, toNanos() is one"),
          new Advice("java.util.", "", "a map, such as BpfHashMap, or an array"),
          new Advice("java.lang.Integer", "", "for digits, a loop over the bytes"),
          new Advice("java.lang.Long", "", "for digits, a loop over the bytes"));

  private static final List<Advice> TYPES =
      List.of(
          new Advice("java.lang.StringBuilder", "", "a BpfString, or Helpers.printk with a format"),
          new Advice("java.io.PrintStream", "", "Helpers.printk(\"%d\", number)"),
          new Advice("java.lang.Object", "", "the type itself: values have none at run time"),
          new Advice("java.util.stream.", "", "a loop"),
          new Advice("java.util.concurrent.atomic.", "", "AtomicLong or AtomicInteger"),
          new Advice("java.util.Random", "", "Helpers.getPrandomU32()"),
          new Advice(
              "java.util.function.",
              "",
              "a static method: lambdas are arguments of Helpers.loop and forEach, and never kept"),
          new Advice("java.util.Optional", "", "a box or reference that may be null"),
          new Advice("java.util.", "", "a map, such as BpfHashMap, or an array"),
          new Advice("java.math.", "", "long"),
          new Advice("java.time.", "", "nanoseconds as long"));

  private StandardLibrary() {}

  /// What to call instead of a method, if that is known.
  static Optional<String> insteadOf(String owner, String method) {
    return METHODS.stream()
        .filter(advice -> advice.fits(owner, method))
        .map(Advice::help)
        .findFirst();
  }

  /// What to do about a method that is not BPF code.
  ///
  /// @param fromSource whether its text is at hand
  static String insteadOf(ExecutableElement method, boolean fromSource) {
    TypeElement owner = JavaTypes.owner(method);
    String name = method.getSimpleName().toString();
    if (owner.getKind() == ElementKind.RECORD
        && (name.equals("hashCode") || name.equals("toString"))) {
      return "compute it from the components, in a method of the record";
    }
    return fromSource
        ? "mark it @BpfFunction, so that it is compiled to BPF too"
        : insteadOf(owner.getQualifiedName().toString(), name)
            .orElse(
                "BPF code calls static methods of its own class, @BpfFunction methods, and"
                    + " the library methods listed in docs/language.md");
  }

  /// What to use instead of a type.
  static String insteadOf(TypeMirror mirror) {
    if (mirror.getKind() == TypeKind.TYPEVAR) {
      return "a method or record for each type that it is used with: there is one code for all"
          + " calls";
    }
    if (mirror instanceof DeclaredType type && !type.toString().startsWith("java.")) {
      return type.asElement().getModifiers().contains(Modifier.SEALED)
          ? "one record with the components of all and an enum that says which it is: values have"
              + " no type at run time"
          : type.asElement().getKind() == ElementKind.INTERFACE
              ? "a record or @Struct with an enum that says which it is: values have no type at run"
                  + " time"
              : "a record, or a class annotated @Struct";
    }
    return TYPES.stream()
        .filter(advice -> advice.fits(mirror.toString().replaceFirst("<.*", ""), ""))
        .map(Advice::help)
        .findFirst()
        .orElse("primitives, enums, records, @Struct classes, arrays and views");
  }
}
