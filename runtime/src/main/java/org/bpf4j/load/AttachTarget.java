package org.bpf4j.load;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bpf4j.btf.BtfNames;
import org.bpf4j.btf.BtfType;
import org.bpf4j.isa.Insn;
import org.bpf4j.kernel.IncompatibleTargetException;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.Helper;
import org.bpf4j.object.ObjectBtf;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramSection;

/// The type of the kernel's BTF that a program is bound to when it is loaded: a function, or the
/// typedef of a tracepoint.
final class AttachTarget {

  /// `void *__data`, which every tracepoint's prototype begins with.
  private static final int TRACEPOINT_SKIPS = 1;

  private final BtfNames kernel;
  private final BpfObject object;
  private final ProgramSection section;
  private final BpfFunction program;

  private AttachTarget(BpfObject object, ProgramSection section, BpfFunction program) {
    this.kernel = KernelTypes.types();
    this.object = object;
    this.section = section;
    this.program = program;
  }

  /// The id of the target's type, or 0 for programs that are not bound.
  ///
  /// @throws NoSuchTargetException if the kernel has no such target
  /// @throws IncompatibleTargetException if the declared parameters are not the target's
  static int find(BpfObject object, ProgramSection section, BpfFunction program) {
    if (section.kind() == ProgramKind.OPERATION) {
      OperationTable.Place place = OperationTable.place(object, program.name());
      new AttachTarget(object, section, program).checkMember(place);
      return place.struct();
    }
    Optional<String> prefix = section.kind().btfPrefix();
    return prefix.isEmpty() ? 0 : new AttachTarget(object, section, program).find(prefix.get());
  }

  /// What the kernel wants as the attach type: of a function of a struct its place in it.
  static int attachType(BpfObject object, ProgramSection section, BpfFunction program) {
    return section.kind() == ProgramKind.OPERATION
        ? OperationTable.place(object, program.name()).member()
        : section.attachType();
  }

  private void checkMember(OperationTable.Place place) {
    if (!(kernel.find(kernel.resolve(place.type())).orElse(null) instanceof BtfType.Pointer(int to)
        && kernel.find(kernel.resolve(to)).orElse(null) instanceof BtfType.FuncProto prototype)) {
      throw new NoSuchTargetException("function " + section.target() + " of the struct", List.of());
    }
    ObjectBtf.prototype(object.btf(), program.name())
        .ifPresent(declared -> check(declared, prototype, 0));
  }

  private int find(String prefix) {
    String name = prefix + section.target();
    Class<? extends BtfType> type =
        section.kind() == ProgramKind.BTF_TRACEPOINT ? BtfType.Typedef.class : BtfType.Func.class;
    int id = kernel.findFirst(type, name).orElseThrow(this::missing);
    ObjectBtf.prototype(object.btf(), program.name()).ifPresent(declared -> check(declared, id));
    return id;
  }

  private NoSuchTargetException missing() {
    String what =
        section.kind() == ProgramKind.BTF_TRACEPOINT ? "tracepoint " : "kernel function or hook ";
    return new NoSuchTargetException(what + section.target(), List.of());
  }

  private void check(BtfType.FuncProto declared, int id) {
    int skip = section.kind() == ProgramKind.BTF_TRACEPOINT ? TRACEPOINT_SKIPS : 0;
    check(declared, prototype(id), skip);
  }

  private void check(BtfType.FuncProto declared, BtfType.FuncProto actual, int skip) {
    List<BtfType.Parameter> arguments =
        actual.parameters().subList(skip, actual.parameters().size());
    new ParameterCheck(object.btf(), kernel, section.kind(), asksForResult())
        .problem(declared.parameters(), arguments, actual.returnType())
        .ifPresent(
            problem -> {
              throw new IncompatibleTargetException(
                  program.name(), prototype(arguments, actual.returnType()), problem);
            });
  }

  private String prototype(List<BtfType.Parameter> arguments, int result) {
    CTypes names = new CTypes(kernel);
    return arguments.stream()
        .map(names::declaration)
        .collect(Collectors.joining(", ", names.name(result) + " " + section.target() + "(", ")"));
  }

  private BtfType.FuncProto prototype(int id) {
    return switch (kernel.type(id)) {
      case BtfType.Func(_, _, int proto) -> (BtfType.FuncProto) kernel.type(proto);
      case BtfType.Typedef(_, int pointer) ->
          (BtfType.FuncProto) kernel.type(((BtfType.Pointer) kernel.type(pointer)).to());
      default -> throw new IllegalStateException("not a function: BTF type " + id);
    };
  }

  /// Whether the program gets the result by a helper, wherever it stands.
  private boolean asksForResult() {
    return program.insns().stream()
        .anyMatch(
            insn ->
                insn instanceof Insn.Call(Insn.CallKind kind, int target)
                    && kind == Insn.CallKind.HELPER
                    && target == Helper.GET_FUNC_RET.number());
  }
}
