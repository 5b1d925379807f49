package org.bpf4j.compiler.ast;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramOption;
import org.bpf4j.object.ProgramSection;

/// The BPF code of one Java class, typed: what `read` makes of javac's trees.
///
/// The family is closed: Java that is not accepted has no node. A unit is also what a sidecar
/// holds.
///
/// @param name the class's binary name
/// @param source the text it came from
/// @param options what `@Bpf` says; absent for classes that only hold functions for others
/// @param declarations every type that the unit's code or maps use, sorted by name, library types
///   included
/// @param maps the maps, in order of declaration
/// @param components the component classes
/// @param componentFields the fields that hold components, in order of declaration
/// @param globals the globals, in order of declaration
/// @param functions programs and BPF functions, in order of declaration
public record Unit(
    String name,
    SourceText source,
    Optional<Options> options,
    List<Declaration> declarations,
    List<MapDeclaration> maps,
    List<ComponentMaps> components,
    List<ComponentField> componentFields,
    List<Global> globals,
    List<Function> functions) {

  /// Copies the lists.
  public Unit {
    declarations = List.copyOf(declarations);
    maps = List.copyOf(maps);
    components = List.copyOf(components);
    componentFields = List.copyOf(componentFields);
    globals = List.copyOf(globals);
    functions = List.copyOf(functions);
  }

  /// A unit without components.
  public Unit(
      String name,
      SourceText source,
      Optional<Options> options,
      List<Declaration> declarations,
      List<MapDeclaration> maps,
      List<Global> globals,
      List<Function> functions) {
    this(name, source, options, declarations, maps, List.of(), List.of(), globals, functions);
  }

  /// The unit with some of its functions; maps of programs have those that are left.
  public Unit withFunctions(List<Function> rest) {
    Set<FunctionRef> left = rest.stream().map(Function::ref).collect(Collectors.toSet());
    List<MapDeclaration> filled =
        maps.stream().map(map -> map.with(map.settings().withStages(left))).toList();
    return new Unit(
        name, source, options, declarations, filled, components, componentFields, globals, rest);
  }

  /// A source file: its name relative to the source root, and its lines.
  public record SourceText(String file, List<String> lines) {
    /// Copies the lines.
    public SourceText {
      lines = List.copyOf(lines);
    }

    /// The text of a line, from 1; empty if there is none.
    public String line(int number) {
      return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
    }
  }

  /// What `@Bpf` says.
  ///
  /// @param license the licence text
  /// @param minKernel the oldest kernel to support, if stated
  /// @param operations the kernel's struct that the class implements, if it does
  /// @param span where the annotation is
  public record Options(
      String license,
      Optional<KernelVersion> minKernel,
      Optional<OperationStruct> operations,
      Span span) {

    /// The texts that the kernel takes as GPL-compatible: `license_is_gpl_compatible` in
    /// `include/linux/license.h`.
    private static final Set<String> COMPATIBLE =
        Set.of(
            "GPL",
            "GPL v2",
            "GPL and additional rights",
            "Dual BSD/GPL",
            "Dual MIT/GPL",
            "Dual MPL/GPL");

    /// Whether functions of the kernel that are for GPL-compatible programs may be called.
    public boolean isGplCompatible() {
      return COMPATIBLE.contains(license);
    }
  }

  /// A struct of functions of the kernel that programs implement.
  ///
  /// @param type the kernel's name of it
  /// @param link whether a link attaches it
  /// @param constants the members that are no functions
  public record OperationStruct(String type, boolean link, List<OperationConstant> constants) {
    /// Copies the list.
    public OperationStruct {
      constants = List.copyOf(constants);
    }
  }

  /// A member that is a number or a text.
  ///
  /// @param member the kernel's name of it
  /// @param text the text, if it is one
  /// @param value the number; of a text its size in bytes
  /// @param storage how the number lies in memory
  public record OperationConstant(
      String member, Optional<String> text, long value, Storage storage) {}

  /// A map field.
  ///
  /// @param owner the class that declares it
  /// @param name the field's name
  /// @param type the map class with its key and value
  /// @param size entries, or bytes for ring buffers
  /// @param settings what few maps say besides
  /// @param span where it is declared
  public record MapDeclaration(
      String owner, String name, Type.MapType type, int size, MapSettings settings, Span span) {
    /// A map of which there is nothing more to say.
    public MapDeclaration(String owner, String name, Type.MapType type, int size, Span span) {
      this(owner, name, type, size, MapSettings.NONE, span);
    }

    private MapDeclaration with(MapSettings others) {
      return new MapDeclaration(owner, name, type, size, others, span);
    }
  }

  /// A class annotated `@BpfComponent`: the maps that each field which holds one stands for.
  ///
  /// @param name its binary name
  /// @param maps its fields, as if they were maps of its own
  public record ComponentMaps(String name, List<MapDeclaration> maps) {
    /// Copies the list.
    public ComponentMaps {
      maps = List.copyOf(maps);
    }
  }

  /// A field that holds a component.
  ///
  /// @param owner the class that declares it
  /// @param name the field's name
  /// @param component the component's class
  /// @param span where it is declared
  public record ComponentField(String owner, String name, String component, Span span) {
    /// The name of the map that a field of the component stands for.
    public String map(String field) {
      return name + "_" + field;
    }
  }

  /// What few maps say beyond types and size.
  ///
  /// @param flags `BPF_F_*` flags of `BPF_MAP_CREATE`
  /// @param numaNode the NUMA node of its memory, or −1 for any
  /// @param pinned whether it is kept under its name in the BPF file system
  /// @param stages the programs that are in it from the start
  /// @param inner what the inner maps of a map of maps are
  public record MapSettings(
      int flags, int numaNode, boolean pinned, List<Stage> stages, Optional<InnerMaps> inner) {
    /// Those of most maps.
    public static final MapSettings NONE =
        new MapSettings(0, -1, false, List.of(), Optional.empty());

    /// Copies the list.
    public MapSettings {
      stages = List.copyOf(stages);
    }

    private MapSettings withStages(Set<FunctionRef> programs) {
      List<Stage> left =
          stages.stream().filter(stage -> programs.contains(stage.program())).toList();
      return new MapSettings(flags, numaNode, pinned, left, inner);
    }
  }

  /// What the inner maps of a map of maps are besides their types.
  ///
  /// @param size their size
  /// @param flags `BPF_F_*` flags of `BPF_MAP_CREATE`
  public record InnerMaps(int size, int flags) {}

  /// A program in a map of programs.
  ///
  /// @param index its key
  /// @param program the method
  public record Stage(int index, FunctionRef program) {}

  /// A global variable: a static field.
  ///
  /// @param owner the class that declares it
  /// @param name the field's name
  /// @param type a primitive, enum, atomic, string, array, record or struct
  /// @param storage how a number lies in memory
  /// @param length elements of an array or bytes of a string, else 0
  /// @param kind which section it lives in
  /// @param initial the initial scalar values, flattened in layout order; empty means all zero
  /// @param symbol what it is in the kernel, if the kernel has it
  /// @param isVolatile whether each access of it is made as the program says
  /// @param span where it is declared
  public record Global(
      String owner,
      String name,
      Type type,
      Storage storage,
      int length,
      GlobalKind kind,
      List<Long> initial,
      Optional<KernelSymbol> symbol,
      boolean isVolatile,
      Span span) {
    /// Copies the list.
    public Global {
      initial = List.copyOf(initial);
    }

    /// A variable of the program.
    public Global(
        String owner,
        String name,
        Type type,
        Storage storage,
        int length,
        GlobalKind kind,
        List<Long> initial,
        Span span) {
      this(owner, name, type, storage, length, kind, initial, Optional.empty(), false, span);
    }

    /// The same, of which each access is made as the program says, or not.
    public Global withVolatile(boolean each) {
      return new Global(owner, name, type, storage, length, kind, initial, symbol, each, span);
    }
  }

  /// A variable that the kernel has.
  ///
  /// @param name the kernel's name of it
  /// @param optional whether it is zero where the kernel has none
  public record KernelSymbol(String name, boolean optional) {}

  /// Where a global lives.
  public enum GlobalKind {
    /// `@Config`: `.rodata`, set before load, then constant; never folded by the compiler.
    CONFIG,
    /// A `static final` array or record of constants: `.rodata`.
    CONSTANT,
    /// `.bss`, or `.data` if it has an initial value.
    VARIABLE,
    /// `@Kconfig`: what the kernel was configured with, known when the object is loaded.
    KERNEL_CONFIG,
    /// `@Ksym`: a variable of the kernel, read where the kernel has it.
    KERNEL_VARIABLE
  }

  /// A function's identity: the class that declares it, its name and its JVM descriptor.
  public record FunctionRef(String owner, String name, String descriptor) {
    /// `owner.name(descriptor)`.
    @Override
    public String toString() {
      return owner + "." + name + descriptor;
    }
  }

  /// A method that is BPF code.
  ///
  /// @param ref its identity
  /// @param role a program, or a function that programs call
  /// @param result the Java result type
  /// @param parameters the parameters; a view's default method has `this` first
  /// @param body the statements
  /// @param span the method's name in its declaration
  public record Function(
      FunctionRef ref, Role role, Type result, List<Local> parameters, Stmt.Block body, Span span) {
    /// Copies the list.
    public Function {
      parameters = List.copyOf(parameters);
    }
  }

  /// What a function is for.
  public sealed interface Role {
    /// A program: the kernel calls it.
    ///
    /// @param kind its kind
    /// @param options what it chose of its kind's options
    /// @param targets what the annotation names; the first is preferred
    record Program(ProgramKind kind, List<ProgramOption> options, List<String> targets)
        implements Role {
      /// Copies the lists.
      public Program {
        options = List.copyOf(options);
        targets = List.copyOf(targets);
      }

      /// The section that it goes to.
      public ProgramSection section() {
        String target = targets.isEmpty() ? "" : targets.getFirst();
        return new ProgramSection(kind, Set.copyOf(options), target);
      }
    }

    /// Called by programs; `global`: verified on its own, never inlined.
    record Callee(boolean global) implements Role {}
  }

  /// A local variable or parameter.
  ///
  /// @param id unique in its function
  /// @param name the Java name
  /// @param type the Java type
  /// @param nullable whether it is a parameter that is said to be null now and then
  public record Local(int id, String name, Type type, boolean nullable) {
    /// One that is not said to be null.
    public Local(int id, String name, Type type) {
      this(id, name, type, false);
    }
  }
}
