package org.bpf4j.processor.read;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileObject;

/// A record as its class file has it.
///
/// The language model does not say of a class file whether somebody wrote the canonical
/// constructor, since compact ones have the same parameters and flags; what it does, its
/// instructions say.
final class CompiledRecord {

  private static final ClassDesc RECORD = ClassDesc.of("java.lang.Record");

  private final List<RecordComponentInfo> components;
  private final Optional<MethodModel> canonical;

  private CompiledRecord(ClassModel model) {
    this.components =
        model.findAttribute(Attributes.record()).map(a -> a.components()).orElse(List.of());
    MethodTypeDesc type =
        MethodTypeDesc.of(
            ConstantDescs.CD_void,
            components.stream().map(RecordComponentInfo::descriptorSymbol).toList());
    this.canonical =
        model.methods().stream()
            .filter(method -> method.methodName().equalsString(ConstantDescs.INIT_NAME))
            .filter(method -> method.methodTypeSymbol().equals(type))
            .findFirst();
  }

  /// Whether the canonical constructor puts its parameters into the fields and does no more, as the
  /// one does that nobody wrote.
  ///
  /// @return false as well for what is no class file
  static boolean onlyKeeps(Elements elements, TypeElement type) {
    JavaFileObject file = elements.getFileObjectOf(type);
    if (file == null || file.getKind() != JavaFileObject.Kind.CLASS) {
      return false;
    }
    try (InputStream in = file.openInputStream()) {
      return new CompiledRecord(ClassFile.of().parse(in.readAllBytes())).onlyKeeps();
    } catch (IOException e) {
      throw new UncheckedIOException("the class file of " + type + " cannot be read", e);
    }
  }

  private boolean onlyKeeps() {
    List<String> kept = new ArrayList<>();
    int loaded = -1;
    for (Instruction each : instructions()) {
      switch (each) {
        case LoadInstruction load -> loaded = load.slot();
        case FieldInstruction store when store.opcode() == Opcode.PUTFIELD ->
            kept.add(store.name().stringValue() + '=' + loaded);
        case InvokeInstruction call when isOfRecord(call) -> {}
        case ReturnInstruction _ -> {}
        default -> {
          return false;
        }
      }
    }
    return kept.equals(expected());
  }

  private List<Instruction> instructions() {
    return canonical.flatMap(MethodModel::code).stream()
        .flatMap(code -> code.elementStream())
        .filter(Instruction.class::isInstance)
        .map(Instruction.class::cast)
        .toList();
  }

  /// The fields in the order of their components, each with the variable that its parameter is.
  private List<String> expected() {
    List<String> expected = new ArrayList<>();
    int variable = 1;
    for (RecordComponentInfo component : components) {
      expected.add(component.name().stringValue() + '=' + variable);
      variable += TypeKind.from(component.descriptorSymbol()).slotSize();
    }
    return expected;
  }

  private static boolean isOfRecord(InvokeInstruction call) {
    return call.owner().asSymbol().equals(RECORD)
        && call.name().equalsString(ConstantDescs.INIT_NAME);
  }
}
