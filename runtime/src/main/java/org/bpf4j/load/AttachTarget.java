package org.bpf4j.load;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bpf4j.btf.BtfNames;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.CTypes;
import org.bpf4j.isa.Insn;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.kernel.IncompatibleTargetException;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.Helper;
import org.bpf4j.object.KernelLists;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.ObjectBtf;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramSection;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.KernelNames;
import org.bpf4j.sys.MultiLink;

/// The type of the kernel's BTF that a program is bound to when it is loaded: a function, or the
/// typedef of a tracepoint.
final class AttachTarget {

  /// `void *__data`, which every tracepoint's prototype begins with.
  private static final int TRACEPOINT_SKIPS = 1;

  private final KernelSymbols symbols;
  private final BpfObject object;
  private final ProgramSection section;
  private final BpfFunction program;

  private AttachTarget(
      BpfObject object, ProgramSection section, BpfFunction program, KernelSymbols symbols) {
    this.symbols = symbols;
    this.object = object;
    this.section = section;
    this.program = program;
  }

  /// The target's type, or 0 for programs that are not bound.
  ///
  /// @throws NoSuchTargetException if the kernel has no such target
  /// @throws IncompatibleTargetException if the declared parameters are not the target's
  static Binding find(
      BpfObject object, ProgramSection section, BpfFunction program, KernelSymbols symbols) {
    AttachTarget target = new AttachTarget(object, section, program, symbols);
    if (section.kind() == ProgramKind.OPERATION) {
      OperationTable.Place place = OperationTable.place(object, program.name());
      target.checkMember(place);
      return new Binding(place.struct(), 0);
    }
    return section.btfPrefix().map(target::find).orElseGet(target::module);
  }

  /// What the kernel wants as the attach type: of a function of a struct its place in it; of static
  /// probes that of links to many places, where the kernel has those.
  static int attachType(BpfObject object, ProgramSection section, BpfFunction program) {
    return switch (section.kind()) {
      case OPERATION -> OperationTable.place(object, program.name()).member();
      case USDT -> MultiLink.hasUprobes() ? MultiLink.UPROBES : section.attachType();
      default -> section.attachType();
    };
  }

  private void checkMember(OperationTable.Place place) {
    BtfNames kernel = KernelTypes.types();
    if (!(kernel.find(kernel.resolve(place.type())).orElse(null) instanceof BtfType.Pointer(int to)
        && kernel.find(kernel.resolve(to)).orElse(null) instanceof BtfType.FuncProto prototype)) {
      throw new NoSuchTargetException("function " + section.target() + " of the struct", List.of());
    }
    ObjectBtf.prototype(object.btf(), program.name())
        .ifPresent(declared -> check(kernel, declared, prototype, 0));
  }

  /// Nothing, or the types of the module in which the functions are that are chosen at attachment.
  private Binding module() {
    String module = moduleName();
    boolean chosenLater = section.form().isPresent() && section.kind().btfPrefix().isPresent();
    if (!chosenLater || module.isEmpty() || module.equals(KernelSymbols.KERNEL)) {
      return new Binding(0, 0);
    }
    Descriptor types =
        symbols
            .module(module)
            .orElseThrow(() -> new NoSuchTargetException("module " + module, List.of()));
    return new Binding(0, types.number());
  }

  private String moduleName() {
    return section.target().substring(0, Math.max(section.target().indexOf(':'), 0));
  }

  /// A module may be named before the function and a colon.
  private Binding find(String prefix) {
    int colon = section.target().indexOf(':');
    String module = moduleName();
    if (colon + 1 == section.target().length()) {
      throw new NoSuchTargetException(
          "target for `%s`: it is bound to one when it is loaded, its section `%s` names none, and"
                  .formatted(program.name(), section.name())
              + " BpfObject.bound gave it none",
          List.of());
    }
    String name = prefix + section.target().substring(colon + 1);
    Class<? extends BtfType> kind =
        section.kind() == ProgramKind.BTF_TRACEPOINT ? BtfType.Typedef.class : BtfType.Func.class;
    KernelSymbols.Type type = symbols.type(kind, name, module).orElseThrow(this::absent);
    if (section.form().isEmpty()) {
      ObjectBtf.prototype(object.btf(), program.name())
          .ifPresent(declared -> check(declared, type));
    }
    return new Binding(type.id(), type.module().map(Descriptor::number).orElse(0));
  }

  private BpfException absent() {
    Optional<KernelVersion> since =
        section.kind() == ProgramKind.ITER ? KernelLists.since(section.target()) : Optional.empty();
    return since.isPresent()
        ? new UnsupportedFeatureException("lists of " + section.target(), since.get())
        : missing();
  }

  private NoSuchTargetException missing() {
    String target = section.target();
    String name = target.substring(target.indexOf(':') + 1);
    if (section.kind() == ProgramKind.BTF_TRACEPOINT) {
      return new NoSuchTargetException("tracepoint " + target, KernelNames.tracepointsLike(name));
    }
    String prefix = section.btfPrefix().orElse("");
    return new NoSuchTargetException(
        "kernel function or hook " + target,
        KernelNames.functionsLike(prefix + name).stream()
            .filter(other -> other.startsWith(prefix))
            .map(other -> other.substring(prefix.length()))
            .toList());
  }

  private void check(BtfType.FuncProto declared, KernelSymbols.Type type) {
    int skip = section.kind() == ProgramKind.BTF_TRACEPOINT ? TRACEPOINT_SKIPS : 0;
    check(type.types(), declared, prototype(type.types(), type.id()), skip);
  }

  private void check(
      BtfNames kernel, BtfType.FuncProto declared, BtfType.FuncProto actual, int skip) {
    List<BtfType.Parameter> arguments =
        actual.parameters().subList(skip, actual.parameters().size());
    new ParameterCheck(object.btf(), kernel, section.kind(), asksForResult())
        .problem(declared.parameters(), arguments, actual.returnType())
        .ifPresent(
            problem -> {
              throw new IncompatibleTargetException(
                  program.name(), prototype(kernel, arguments, actual.returnType()), problem);
            });
  }

  private String prototype(BtfNames kernel, List<BtfType.Parameter> arguments, int result) {
    CTypes names = new CTypes(kernel);
    return arguments.stream()
        .map(names::declaration)
        .collect(Collectors.joining(", ", names.name(result) + " " + section.target() + "(", ")"));
  }

  private static BtfType.FuncProto prototype(BtfNames kernel, int id) {
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
