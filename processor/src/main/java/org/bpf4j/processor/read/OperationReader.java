package org.bpf4j.processor.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import org.bpf4j.compiler.ast.Storage;
import org.bpf4j.compiler.ast.Unit.OperationConstant;
import org.bpf4j.compiler.ast.Unit.OperationStruct;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;

/// Reads which struct of functions of the kernel a class implements.
final class OperationReader {
  private static final String OPERATION = "Operation";

  /// The size of a name that most such structs have (`TCP_CA_NAME_MAX`).
  private static final int TEXT_BYTES = 16;

  private final Source source;

  OperationReader(Source source) {
    this.source = source;
  }

  /// The struct, if the class is annotated so; members without a struct are reported.
  Optional<OperationStruct> read(TypeElement type) {
    Optional<OperationStruct> struct =
        Annotations.find(type, "StructOps")
            .map(
                mirror ->
                    new OperationStruct(
                        Annotations.text(mirror, "value"),
                        !Annotations.text(mirror, "link").equals("false"),
                        constants(type)));
    if (struct.isEmpty()) {
      type.getEnclosedElements().stream()
          .filter(member -> Annotations.has(member, OPERATION))
          .findFirst()
          .ifPresent(
              member ->
                  report(
                      member,
                      "`" + member.getSimpleName() + "` is a member of no struct of the kernel",
                      "name the struct at the class: @StructOps(\"tcp_congestion_ops\")"));
    }
    return struct;
  }

  /// The kernel's name of a member.
  static String member(Element element) {
    String stated =
        Annotations.find(element, OPERATION)
            .map(mirror -> Annotations.text(mirror, "value"))
            .orElse("");
    String name = element.getSimpleName().toString();
    if (!stated.isEmpty()) {
      return stated;
    }
    return name.equals(name.toUpperCase(Locale.ROOT))
        ? name.toLowerCase(Locale.ROOT)
        : ViewReader.snakeCase(name);
  }

  private List<OperationConstant> constants(TypeElement type) {
    List<OperationConstant> constants = new ArrayList<>();
    for (VariableElement field : ElementFilter.fieldsIn(type.getEnclosedElements())) {
      if (Annotations.has(field, OPERATION)) {
        constant(field).ifPresent(constants::add);
      }
    }
    return constants;
  }

  private Optional<OperationConstant> constant(VariableElement field) {
    String member = member(field);
    Optional<Storage> stated = Annotations.storage(field);
    Optional<OperationConstant> constant =
        switch (field.getConstantValue()) {
          case String text ->
              Optional.of(
                  new OperationConstant(
                      member,
                      Optional.of(text),
                      Annotations.number(field, "Size").orElse(TEXT_BYTES),
                      Storage.U8));
          case Boolean flag -> Optional.of(number(member, flag ? 1 : 0, Storage.U8));
          case Byte number -> Optional.of(number(member, number, stated.orElse(Storage.S8)));
          case Short number -> Optional.of(number(member, number, stated.orElse(Storage.S16)));
          case Integer number -> Optional.of(number(member, number, stated.orElse(Storage.S32)));
          case Long number -> Optional.of(number(member, number, stated.orElse(Storage.U64)));
          case null, default -> Optional.empty();
        };
    if (constant.isEmpty()) {
      report(
          field,
          "`" + field.getSimpleName() + "` is no constant, so it cannot be a member of the struct",
          "make it static and final, with a text or a whole number");
    }
    return constant;
  }

  private static OperationConstant number(String member, long value, Storage storage) {
    return new OperationConstant(member, Optional.empty(), value, storage);
  }

  private void report(Element element, String message, String help) {
    source.report(
        Diagnostic.error(
            Code.BPF1014, source.span(source.trees().getTree(element)), message, help));
  }
}
