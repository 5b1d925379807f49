package org.bpf4j.load;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.bpf4j.btf.BtfNames;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfTypes;
import org.bpf4j.isa.Insn;
import org.bpf4j.kernel.IncompatibleTargetException;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.Helper;
import org.bpf4j.object.ObjectBtf;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramParameters;
import org.bpf4j.object.ProgramSection;

/// The type of the kernel's BTF that a program is bound to when it is loaded: a function, or the
/// typedef of a tracepoint.
final class AttachTarget {

  /// What a struct of prototypes is called in other kernels: `sockaddr_unsized` since 6.19, which
  /// begins like the struct that it took the place of.
  private static final Map<String, String> RENAMED = Map.of("sockaddr_unsized", "sockaddr");

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
        : section.kind().expectedAttachType();
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
    if (!fits(declared.parameters(), arguments, actual.returnType())) {
      CTypes names = new CTypes(kernel);
      String text =
          arguments.stream().map(names::declaration).collect(Collectors.joining(", ", "(", ")"));
      throw new IncompatibleTargetException(
          program.name(), names.name(actual.returnType()) + " " + section.target() + text);
    }
  }

  private BtfType.FuncProto prototype(int id) {
    return switch (kernel.type(id)) {
      case BtfType.Func(_, _, int proto) -> (BtfType.FuncProto) kernel.type(proto);
      case BtfType.Typedef(_, int pointer) ->
          (BtfType.FuncProto) kernel.type(((BtfType.Pointer) kernel.type(pointer)).to());
      default -> throw new IllegalStateException("not a function: BTF type " + id);
    };
  }

  private boolean fits(
      List<BtfType.Parameter> declared, List<BtfType.Parameter> arguments, int result) {
    boolean returned =
        section.kind().parameters() instanceof ProgramParameters.Arguments(boolean last)
            && last
            && kernel.resolve(result) != 0
            && !declared.isEmpty();
    List<BtfType.Parameter> first = returned ? declared.subList(0, declared.size() - 1) : declared;
    if (first.size() > arguments.size()
        || section.kind().parameters().equals(new ProgramParameters.Arguments(true))
            && !declared.isEmpty()
            && first.size() < arguments.size()
            && !(returned && asksForResult())) {
      return false;
    }
    for (int i = 0; i < first.size(); i++) {
      if (!fits(first.get(i).type(), arguments.get(i).type())) {
        return false;
      }
    }
    return !returned || fits(declared.getLast().type(), result);
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

  /// A number must have the kernel's size; a struct its name, or begin with it. The address of
  /// anything may be taken as a 64-bit number where it is not the address of a struct, which the
  /// verifier would guard.
  private boolean fits(int declared, int actual) {
    BtfType wanted = object.btf().type(object.btf().resolve(declared));
    int id = kernel.resolve(actual);
    if (id == 0) {
      return false;
    }
    BtfType found = kernel.type(id);
    if (found instanceof BtfType.Pointer(int to)) {
      String struct = struct(kernel, to);
      return wanted instanceof BtfType.Pointer(int view)
          ? struct.isEmpty() || isSame(BtfNames.essential(struct(object.btf(), view)), struct)
          : struct.isEmpty() && bytes(wanted) == Long.BYTES;
    }
    return !(wanted instanceof BtfType.Pointer) && kernel.sizeOf(id).orElse(0) == bytes(wanted);
  }

  private boolean isSame(String wanted, String actual) {
    return isOrBegins(wanted, actual) || wanted.equals(RENAMED.get(actual));
  }

  /// Whether a struct is the other, or begins with it, as a `tcp_sock` does with a `sock`: the
  /// kernel casts one to the other.
  private boolean isOrBegins(String wanted, String actual) {
    String name = wanted;
    for (int depth = 0; depth < BtfTypes.MAX_DEPTH && !name.equals(actual); depth++) {
      OptionalInt id = kernel.findFirst(BtfType.Struct.class, name);
      if (id.isEmpty()
          || !(kernel.type(id.getAsInt()) instanceof BtfType.Struct(_, _, var members))
          || members.isEmpty()) {
        return false;
      }
      name = struct(kernel, members.getFirst().type());
    }
    return name.equals(actual);
  }

  private long bytes(BtfType type) {
    return type instanceof BtfType.Int(_, int bytes, _, _) ? bytes : 0;
  }

  private static String struct(BtfTypes types, int id) {
    int at = types.resolve(id);
    return at != 0
            && (types.type(at) instanceof BtfType.Struct
                || types.type(at) instanceof BtfType.Union
                || types.type(at) instanceof BtfType.Forward)
        ? types.type(at).name()
        : "";
  }
}
