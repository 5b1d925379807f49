package org.bpf4j.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfNames;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfTypes;
import org.bpf4j.btf.CTypes;
import org.bpf4j.core.CoreCompatibility;
import org.bpf4j.isa.Insn;
import org.bpf4j.kernel.IncompatibleTargetException;
import org.bpf4j.kernel.NotPermittedException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.CodeSection;
import org.bpf4j.object.DataSection;
import org.bpf4j.object.Relocation;
import org.bpf4j.sys.Descriptor;
import org.jspecify.annotations.Nullable;

/// The functions and variables of the running kernel that an object names.
///
/// Modules are read when the kernel itself lacks a function; their types stay open until programs
/// that call their functions are loaded.
final class KernelSymbols implements AutoCloseable {

  private static final Path TABLE = Path.of("/proc/kallsyms");

  /// What the kernel is called among its modules.
  static final String KERNEL = "vmlinux";

  private final BpfObject object;
  private @Nullable ModuleTypes modules;

  KernelSymbols(BpfObject object) {
    this.object = object;
  }

  /// A type of the kernel or of a module.
  ///
  /// @param types where its id counts
  /// @param module the descriptor of the types of the module that has it; absent for the kernel's
  record Type(BtfNames types, int id, Optional<Descriptor> module) {}

  /// The type of that kind and name, of the kernel or else of a module.
  ///
  /// @param module the name of the module that must have it, `vmlinux` for the kernel, or `""`
  Optional<Type> type(Class<? extends BtfType> kind, String name, String module) {
    BtfNames kernel = KernelTypes.types();
    OptionalInt own =
        module.isEmpty() || module.equals(KERNEL)
            ? kernel.findFirst(kind, name)
            : OptionalInt.empty();
    if (own.isPresent()) {
      return Optional.of(new Type(kernel, own.getAsInt(), Optional.empty()));
    }
    for (ModuleTypes.Module next : modules()) {
      OptionalInt id = next.types().findFirst(kind, name);
      if (id.isPresent() && (module.isEmpty() || module.equals(next.name()))) {
        return Optional.of(new Type(next.types(), id.getAsInt(), Optional.of(next.descriptor())));
      }
    }
    return Optional.empty();
  }

  /// A function in the kernel's types.
  ///
  /// @param id the id of its type
  /// @param module the descriptor of the types of the module that has it; absent for the kernel's
  record Function(int id, Optional<Descriptor> module) {}

  /// Looks up what an object cannot do without, also for programs that are left out, as libbpf
  /// does.
  ///
  /// @throws UnsupportedFeatureException if something is missing
  /// @throws IncompatibleTargetException if the kernel has something else under that name
  void requireAll() {
    Set<String> seen = new HashSet<>();
    for (CodeSection section : object.code()) {
      for (BpfFunction function : section.functions()) {
        for (Relocation relocation : function.relocations()) {
          if (relocation.target() instanceof Relocation.Target.Extern(String name, boolean weak)
              && !weak
              && seen.add(name)) {
            location(name, false, function.name());
          }
        }
      }
    }
  }

  /// The function that programs call under a name; nothing if the object copes without it, and the
  /// kernel has none of that name and prototype.
  ///
  /// @param program the name of the program that calls it
  /// @throws UnsupportedFeatureException if it must be there and is not
  /// @throws IncompatibleTargetException if the kernel's prototype is not the declared one
  Optional<Function> function(String name, boolean weak, String program) {
    Optional<BtfType.Func> declared = declared(name);
    Optional<Type> type =
        declared.isEmpty()
            ? Optional.empty()
            : type(BtfType.Func.class, BtfNames.essential(name), "");
    if (type.isEmpty()) {
      if (weak) {
        return Optional.empty();
      }
      throw new UnsupportedFeatureException(
          "the kernel function `" + name + "`" + needs(program), null);
    }
    BtfNames types = type.get().types();
    int actual = ((BtfType.Func) types.type(type.get().id())).proto();
    if (new CoreCompatibility(object.btf(), types).types(declared.get().proto(), actual)) {
      return Optional.of(new Function(type.get().id(), type.get().module()));
    }
    if (weak) {
      return Optional.empty();
    }
    throw new IncompatibleTargetException(program, prototype(types, name, actual));
  }

  /// The number of a name among all that the object does not define, as libbpf counts them: the
  /// kernel's configuration first, then by name.
  int number(String name) {
    int configured =
        object
            .data(DataSection.KERNEL_CONFIG)
            .map(section -> section.variables(object.btf()).size())
            .orElse(0);
    return configured
        + (int)
            object.code().stream()
                .flatMap(section -> section.functions().stream())
                .flatMap(function -> function.relocations().stream())
                .flatMap(
                    relocation ->
                        relocation.target() instanceof Relocation.Target.Extern extern
                            ? Stream.of(extern.name())
                            : Stream.empty())
                .distinct()
                .filter(other -> other.compareTo(name) < 0)
                .count();
  }

  /// The descriptor of the types of a module, if it is loaded.
  Optional<Descriptor> module(String name) {
    return modules().stream()
        .filter(module -> module.name().equals(name))
        .map(ModuleTypes.Module::descriptor)
        .findFirst();
  }

  private List<ModuleTypes.Module> modules() {
    ModuleTypes known = modules;
    if (known == null) {
      known = ModuleTypes.read();
      modules = known;
    }
    return known.all();
  }

  private static String prototype(BtfTypes kernel, String name, int proto) {
    CTypes names = new CTypes(kernel);
    BtfType.FuncProto actual = (BtfType.FuncProto) kernel.type(proto);
    return actual.parameters().stream()
        .map(names::declaration)
        .collect(Collectors.joining(", ", names.name(actual.returnType()) + " " + name + "(", ")"));
  }

  /// The function of the object's types that stands for one of the kernel.
  private Optional<BtfType.Func> declared(String name) {
    return object.btf().types().stream()
        .flatMap(
            type ->
                type instanceof BtfType.Func function
                        && function.linkage() == BtfType.Linkage.EXTERN
                        && function.name().equals(name)
                    ? Optional.of(function).stream()
                    : Optional.<BtfType.Func>empty().stream())
        .findFirst();
  }

  /// What programs load for a name.
  ///
  /// @param kind a number or an id of the kernel's types
  record Location(Insn.ImmKind kind, long value) {}

  /// See [Location].
  ///
  /// @param program the name of the program that asks
  /// @throws UnsupportedFeatureException if it must be there and is not
  Location location(String name, boolean weak, String program) {
    if (declared(name).isPresent()) {
      return function(name, weak, program)
          .map(KernelSymbols::location)
          .orElse(new Location(Insn.ImmKind.VALUE, 0));
    }
    Optional<BtfType> typed = variable(object.btf(), name);
    if (typed.isEmpty()) {
      return new Location(Insn.ImmKind.VALUE, address(name, weak));
    }
    BtfNames kernel = KernelTypes.types();
    OptionalInt id = kernel.findFirst(BtfType.Var.class, name);
    if (id.isPresent()) {
      requireSame(typed.get(), kernel, (BtfType.Var) kernel.type(id.getAsInt()), program);
      return new Location(Insn.ImmKind.BTF_ID, id.getAsInt());
    }
    if (!weak) {
      throw new UnsupportedFeatureException(
          "the per-CPU variable `" + name + "`: its types do not have it", null);
    }
    return new Location(Insn.ImmKind.VALUE, 0);
  }

  /// What an object says that a program of it needs.
  private String needs(String program) {
    return object.note().stream()
        .flatMap(note -> note.floors().stream())
        .filter(floor -> floor.program().equals(program))
        .map(floor -> ", which `" + program + "` wants: it needs Linux " + floor.kernel())
        .findFirst()
        .orElse("");
  }

  /// What a variable is that an object describes.
  private static Optional<BtfType> variable(Btf types, String name) {
    return types.types().stream()
        .flatMap(type -> type instanceof BtfType.Var variable ? Stream.of(variable) : Stream.of())
        .filter(variable -> variable.linkage() == BtfType.Linkage.EXTERN)
        .filter(variable -> variable.name().equals(name))
        .map(variable -> types.resolve(variable.type()))
        .filter(id -> id != 0)
        .map(types::type)
        .findFirst();
  }

  /// Numbers must have the same size, structs the same name.
  private static void requireSame(
      BtfType declared, BtfTypes kernel, BtfType.Var variable, String program) {
    BtfType actual = kernel.type(kernel.resolve(variable.type()));
    boolean same =
        switch (declared) {
          case BtfType.Int(_, int bytes, _, _) ->
              kernel.sizeOf(variable.type()).orElse(0) == bytes
                  && !(actual instanceof BtfType.Struct);
          case BtfType.Struct struct ->
              actual instanceof BtfType.Struct other
                  && other.name().equals(BtfNames.essential(struct.name()));
          default -> false;
        };
    if (!same) {
      throw new IncompatibleTargetException(
          program, new CTypes(kernel).name(variable.type()) + " " + variable.name());
    }
  }

  /// Programs ask for a function's address to know whether it is there: where the kernel cannot
  /// give it, any number but 0 does as well.
  private static Location location(Function function) {
    return function.module().isEmpty() && Probes.functionAddresses(function.id())
        ? new Location(Insn.ImmKind.BTF_ID, function.id())
        : new Location(Insn.ImmKind.VALUE, 1);
  }

  /// The address of a variable; 0 if there is none and the object copes without.
  ///
  /// @throws UnsupportedFeatureException if it must be there and is not
  private static long address(String name, boolean weak) {
    OptionalLong address = find(name);
    if (address.isEmpty() && !weak) {
      throw new UnsupportedFeatureException("the variable `" + name + "` of the kernel", null);
    }
    return address.orElse(0);
  }

  @Override
  public void close() {
    if (modules != null) {
      modules.close();
    }
  }

  /// Looks a name up; lines are address, kind, name, and the module's name for those of modules.
  private static OptionalLong find(String name) {
    return line(name)
        .map(
            words -> {
              long address = Long.parseUnsignedLong(words[0], 16);
              if (address == 0) {
                throw new NotPermittedException(
                    "reading the kernel's addresses in " + TABLE,
                    "CAP_SYSLOG, or a lower kernel.kptr_restrict");
              }
              return OptionalLong.of(address);
            })
        .orElse(OptionalLong.empty());
  }

  /// Whether the kernel has something of that name.
  static boolean isNamed(String name) {
    return line(name).isPresent();
  }

  private static Optional<String[]> line(String name) {
    try (BufferedReader lines = Files.newBufferedReader(TABLE, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split("\\s+", 4);
        if (words.length >= 3 && words[2].equals(name)) {
          return Optional.of(words);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + TABLE, e);
    }
  }
}
