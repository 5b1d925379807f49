package org.bpf4j.load;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.bpf4j.btf.BtfNames;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfTypes;
import org.bpf4j.btf.CTypes;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramParameters;

/// Compares the parameters that a program declares with those of the kernel function, tracepoint or
/// hook that it is for.
///
/// @param declared where the program's types are
/// @param kernel where the kernel's types are
/// @param kind the program's kind
/// @param asksForResult whether the program gets the result by a helper, wherever it stands
record ParameterCheck(BtfTypes declared, BtfNames kernel, ProgramKind kind, boolean asksForResult) {

  /// What a struct of prototypes is called in other kernels: `sockaddr_unsized` since 6.19, which
  /// begins like the struct that it took the place of.
  private static final Map<String, String> RENAMED = Map.of("sockaddr_unsized", "sockaddr");

  /// What does not fit, in words.
  ///
  /// @param parameters those of the program
  /// @param arguments those of the kernel
  /// @param result the kernel's type of what the function returns, 0 if it is nothing
  Optional<String> problem(
      List<BtfType.Parameter> parameters, List<BtfType.Parameter> arguments, int result) {
    boolean returned = returns(parameters.size(), arguments.size(), result);
    int count = returned ? parameters.size() - 1 : parameters.size();
    if (count > arguments.size()) {
      return Optional.of("it has " + count + " parameters, and the kernel " + arguments.size());
    }
    if (isBehindAll()
        && !parameters.isEmpty()
        && count < arguments.size()
        && !(returned && asksForResult)) {
      return Optional.of(
          "all parameters stand before the result, unless minKernel is at least \"5.17\"");
    }
    for (int i = 0; i < count; i++) {
      Optional<String> problem = problem(parameters.get(i), arguments.get(i).type());
      if (problem.isPresent()) {
        return problem;
      }
    }
    return returned ? problem(parameters.getLast(), result) : Optional.empty();
  }

  /// Whether the last parameter is the result: what the function returned, or what another security
  /// module's program answered, which is behind all arguments of the hook.
  private boolean returns(int parameters, int arguments, int result) {
    return kernel.resolve(result) != 0
        && (kind == ProgramKind.LSM
            ? parameters == arguments + 1
            : isBehindAll() && parameters > 0);
  }

  private boolean isBehindAll() {
    return kind.parameters().equals(new ProgramParameters.Arguments(true));
  }

  /// A number must have the kernel's size; a struct its name, or begin with it. The address of
  /// anything may be taken as a 64-bit number where it is not the address of a struct, which the
  /// verifier would guard.
  private Optional<String> problem(BtfType.Parameter parameter, int actual) {
    BtfType wanted = declared.type(declared.resolve(parameter.type()));
    String name = "`" + parameter.name() + "`";
    int id = kernel.resolve(actual);
    String found = "`" + new CTypes(kernel).name(actual) + "`";
    if (id != 0 && kernel.type(id) instanceof BtfType.Pointer(int to)) {
      return address(wanted, name, struct(kernel, to), found);
    }
    if (id == 0 || wanted instanceof BtfType.Pointer) {
      return Optional.of(name + " is a view, and the kernel has " + found);
    }
    long size = kernel.sizeOf(id).orElse(0);
    return size == bytes(wanted)
        ? Optional.empty()
        : Optional.of(name + " has " + bytes(wanted) + " bytes, and " + found + " has " + size);
  }

  private Optional<String> address(BtfType wanted, String name, String struct, String found) {
    if (wanted instanceof BtfType.Pointer(int view)) {
      String described = BtfNames.essential(struct(declared, view));
      return struct.isEmpty() || isSame(described, struct)
          ? Optional.empty()
          : Optional.of(name + " is a view of " + described + ", and the kernel has " + found);
    }
    return struct.isEmpty() && bytes(wanted) == Long.BYTES
        ? Optional.empty()
        : Optional.of(
            name
                + " is a number of "
                + bytes(wanted)
                + " bytes, and "
                + found
                + (struct.isEmpty() ? " has 8" : " wants a @KernelStruct view"));
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

  private static long bytes(BtfType type) {
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
