package org.bpf4j.processor.read;

import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.Trees;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;
import org.bpf4j.compiler.ast.Layouts;
import org.bpf4j.compiler.ast.MapFamily;
import org.bpf4j.compiler.ast.MapForm;
import org.bpf4j.compiler.ast.Storage;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ast.Type.Primitive;
import org.bpf4j.compiler.ast.Type.Special;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.Global;
import org.bpf4j.compiler.ast.Unit.GlobalKind;
import org.bpf4j.compiler.ast.Unit.MapDeclaration;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;

/// Reads static fields: maps and globals, with their sizes and initial values.
public final class FieldReader {
  /// Pages in 4 GB, which is what an arena spans at the most (`arena_map_alloc`).
  private static final int MAX_PAGES = 1 << 20;

  private final Source source;
  private final JavaTypes types;
  private final SizeReader sizes;
  private final InitialValues initialValues;
  private final StageReader stages;
  private final KernelFieldReader kernels;
  private final MapShapes shapes;

  FieldReader(Source source, JavaTypes types) {
    this.source = source;
    this.types = types;
    this.sizes = new SizeReader(source);
    this.initialValues = new InitialValues(source, types.elements(), sizes);
    this.stages = new StageReader(source, types);
    this.kernels = new KernelFieldReader(source, types, sizes);
    this.shapes = new MapShapes(types);
  }

  /// Whether a field is a map, by its declared type.
  boolean isMap(VariableElement field) {
    return types.of(field.asType()).filter(type -> type instanceof Type.MapType).isPresent()
        || isRawMap(field);
  }

  private static boolean isRawMap(VariableElement field) {
    return MapForm.ofClass(field.asType().toString().replaceFirst("<.*", "")).isPresent();
  }

  /// Whether programs and user space share the field: it is `@Config`, an atomic, or not final and
  /// of a type that BPF code can use.
  boolean isShared(VariableElement field) {
    if (!field.getModifiers().contains(Modifier.STATIC) || isMap(field)) {
      return false;
    }
    if (Annotations.has(field, "Config")) {
      return true;
    }
    if (Annotations.has(field, "Ksym")) {
      return false;
    }
    Optional<Type> type = types.of(field.asType());
    boolean isFinal = field.getModifiers().contains(Modifier.FINAL);
    return type.isPresent()
        && switch (type.get()) {
          case Primitive _, Type.EnumType _, Type.RecordType _, Type.ArenaType _ -> !isFinal;
          case Type.AtomicType _, Type.StructType _ -> true;
          case Type.ArrayType array when CreationReader.holdsObjects(array) -> true;
          case Type.ArrayType _ -> isFinal && isBuffer(field);
          case Special special -> special == Special.BPF_STRING;
          case Type.Boxed _,
              Type.RowType _,
              Type.ViewType _,
              Type.MapType _,
              Type.HeldType _,
              Type.ObjectType _,
              Type.CollectionType _ ->
              false;
        };
  }

  private boolean isBuffer(VariableElement field) {
    return isBuffer(source.trees(), field);
  }

  /// Whether an array's initial value says how long it is, not what is in it.
  public static boolean isBuffer(Trees trees, VariableElement field) {
    return trees.getTree(field) instanceof VariableTree variable
        && switch (variable.getInitializer()) {
          case NewArrayTree array -> array.getInitializers() == null;
          case MethodInvocationTree call -> !TextTables.isTable(call);
          case null, default -> false;
        };
  }

  /// Reads a map's declaration.
  Optional<MapDeclaration> map(VariableElement field) {
    String name = field.getSimpleName().toString();
    Optional<Type> type = types.of(field.asType());
    if (type.isEmpty() || !(type.get() instanceof Type.MapType map)) {
      return rejectedMap(
          field,
          "map `"
              + name
              + "` has type "
              + field.asType()
              + ": key and value must be types that BPF code can store",
          "BpfHashMap<Integer, Long>: boxes, enums, records, @Struct classes, atomics");
    }
    Optional<Misdeclaration> wrong = misdeclaration(field, map);
    if (wrong.isPresent()) {
      return rejectedMap(field, wrong.get().message(), wrong.get().help());
    }
    OptionalInt size = size(field, map);
    OptionalInt innerSize =
        map.value() instanceof Type.MapType ? sizes.ofInnerMap(field) : OptionalInt.empty();
    Optional<Misdeclaration> missized = missizing(name, map, size, innerSize);
    if (missized.isPresent()) {
      return rejectedMap(field, missized.get().message(), missized.get().help());
    }
    MapOptions options = MapOptions.of(field);
    Unit.MapSettings settings =
        new Unit.MapSettings(
            options.flagBits(),
            options.numaNode(),
            Annotations.has(field, "Pinned"),
            stages.of(field, map),
            innerSize.isPresent()
                ? Optional.of(new Unit.InnerMaps(innerSize.getAsInt(), options.innerBits()))
                : Optional.empty());
    return Optional.of(
        new MapDeclaration(owner(field), name, map, size.orElseThrow(), settings, span(field)));
  }

  /// What is wrong with a declaration, and what to write instead.
  private record Misdeclaration(String message, String help) {}

  private Optional<Misdeclaration> misdeclaration(VariableElement field, Type.MapType map) {
    String name = "map `" + field.getSimpleName() + "`";
    boolean ofComponent = Annotations.has(JavaTypes.owner(field), "BpfComponent");
    if (!ofComponent
        && (!field.getModifiers().containsAll(Set.of(Modifier.STATIC, Modifier.FINAL))
            || field.getModifiers().contains(Modifier.PRIVATE))) {
      return Optional.of(
          new Misdeclaration(
              name + " must be static and final, and not private",
              "static final " + field.asType() + " " + field.getSimpleName() + " = …"));
    }
    if (map.form().family() == MapFamily.ARENA && Annotations.has(field, "Pinned")) {
      return Optional.of(
          new Misdeclaration(
              name + " is an arena, which lies at one address of one process",
              "leave out @Pinned"));
    }
    return MapOptions.of(field)
        .misfit(map)
        .map(misfit -> name + " " + misfit)
        .or(() -> shapes.misfit(map).map(misfit -> name + ": " + misfit))
        .map(message -> new Misdeclaration(message, ""));
  }

  private OptionalInt size(VariableElement field, Type.MapType map) {
    return switch (map.form().family().size()) {
      case ENTRIES, BYTES, PAGES -> sizes.ofMap(field);
      case CPUS, NONE -> OptionalInt.of(0);
      case ONE -> OptionalInt.of(1);
      case CONSTANTS -> OptionalInt.of(stages.size(field));
    };
  }

  private static Optional<Misdeclaration> missizing(
      String name, Type.MapType map, OptionalInt size, OptionalInt innerSize) {
    MapFamily.Size meaning = map.form().family().size();
    if (size.isEmpty()
        || (meaning != MapFamily.Size.CPUS && meaning != MapFamily.Size.NONE && size.getAsInt() < 1)
        || (map.value() instanceof Type.MapType && innerSize.isEmpty())) {
      return Optional.of(
          new Misdeclaration(
              "the size of map `" + name + "` is not a positive constant",
              "user space can change it before loading: configure()."
                  + name
                  + "(m -> m.maxEntries(n))"));
    }
    int bytes = size.getAsInt();
    if (meaning == MapFamily.Size.PAGES && (bytes < 2 || bytes > MAX_PAGES)) {
      return Optional.of(
          new Misdeclaration(
              "arena `" + name + "` has " + bytes + " pages: it must have 2 to " + MAX_PAGES,
              "BpfArena.ofPages(16)"));
    }
    if (meaning == MapFamily.Size.BYTES && (Integer.bitCount(bytes) != 1 || bytes < 4096)) {
      return Optional.of(
          new Misdeclaration(
              "ring buffer `%s` has %d bytes: it must be a power of two, at least a page of 4096"
                  .formatted(name, bytes),
              "RingBuffer.ofBytes(1 << 18)"));
    }
    return Optional.empty();
  }

  private Optional<MapDeclaration> rejectedMap(VariableElement field, String message, String help) {
    source.report(Diagnostic.error(Code.BPF1011, span(field), message, help));
    return Optional.empty();
  }

  /// Reads a global's declaration.
  Optional<Global> global(VariableElement field) {
    String name = field.getSimpleName().toString();
    Optional<Global> text = new TextTables(source, types).table(field);
    if (text.isPresent()) {
      return text;
    }
    if (EnumTables.isMember(field)) {
      return Optional.of(new EnumTables(source, types).table(field));
    }
    if (Annotations.has(field, "Ksym") || Annotations.has(field, "Kconfig")) {
      return kernels.read(field);
    }
    Optional<Type> type =
        types
            .of(field.asType())
            .flatMap(found -> new RowReader(source).of(field, found))
            .filter(FieldReader::isGlobal);
    if (type.isEmpty()) {
      return rejectedGlobal(
          field,
          "static field `"
              + name
              + "` has type "
              + field.asType()
              + ", which BPF code cannot share",
          "use primitives, enums, AtomicLong, BpfString, arrays of primitives or @Struct classes");
    }
    Optional<Misdeclaration> wrong = wrongModifier(field, type.get());
    return wrong.isPresent()
        ? rejectedGlobal(field, wrong.get().message(), wrong.get().help())
        : variable(field, type.get());
  }

  /// A global that is neither a table nor the kernel's.
  private Optional<Global> variable(VariableElement field, Type type) {
    String name = field.getSimpleName().toString();
    GlobalKind kind = kind(field, type, field.getModifiers().contains(Modifier.FINAL));
    Optional<List<Long>> initial = initialValues.of(field, type);
    if (initial.isEmpty()) {
      return rejectedGlobal(
          field,
          "the initial value of `" + name + "` is not a constant",
          kind == GlobalKind.CONSTANT
              ? "compute it from literals and constants, without calls of your own"
              : "set it before loading: configure()." + name + "(…)");
    }
    Storage storage = Annotations.storage(field).orElse(Layouts.defaultStorage(type));
    return Optional.of(
        new Global(
                owner(field),
                name,
                type,
                storage,
                length(field, type),
                kind,
                initial.get(),
                span(field))
            .withVolatile(field.getModifiers().contains(Modifier.VOLATILE)));
  }

  private static boolean isGlobal(Type type) {
    return switch (type) {
      case Type.RecordType record -> !JavaTypes.isInstance(record);
      case Primitive _, Type.EnumType _, Type.StructType _, Type.ArenaType _, Type.AtomicType _ ->
          true;
      case Type.ArrayType(Type element) -> CreationReader.isElement(element);
      case Special special -> special == Special.BPF_STRING;
      case Type.Boxed _,
          Type.RowType _,
          Type.ViewType _,
          Type.MapType _,
          Type.HeldType _,
          Type.ObjectType _,
          Type.CollectionType _ ->
          false;
    };
  }

  private GlobalKind kind(VariableElement field, Type type, boolean isFinal) {
    if (Annotations.has(field, "Config")) {
      return GlobalKind.CONFIG;
    }
    boolean constant =
        isFinal
            && (type instanceof Type.RecordType
                || type instanceof Primitive
                || type instanceof Type.EnumType
                || (type instanceof Type.ArrayType
                    && !CreationReader.holdsObjects(type)
                    && !isBuffer(field)));
    return constant ? GlobalKind.CONSTANT : GlobalKind.VARIABLE;
  }

  private int length(VariableElement field, Type type) {
    return type instanceof Type.ArrayType || type == Special.BPF_STRING
        ? sizes.of(field).orElse(0)
        : 0;
  }

  private static Optional<Misdeclaration> wrongModifier(VariableElement field, Type type) {
    String name = field.getSimpleName().toString();
    Set<Modifier> modifiers = field.getModifiers();
    boolean isFinal = modifiers.contains(Modifier.FINAL);
    if (Annotations.has(field, "Config") && (isFinal || modifiers.contains(Modifier.PRIVATE))) {
      return Optional.of(
          new Misdeclaration(
              "@Config field `"
                  + name
                  + "` is final or private, but user space sets it before loading",
              "@Config static " + field.asType() + " " + name + " = …"));
    }
    if (Annotations.has(field, "Config") && type instanceof Type.ArenaType) {
      return Optional.of(
          new Misdeclaration(
              "@Config field `" + name + "` refers into an arena, which is empty before loading",
              "leave out @Config"));
    }
    if (modifiers.contains(Modifier.VOLATILE)
        && (Annotations.has(field, "Config") || !isOneAccess(field, type))) {
      return Optional.of(
          new Misdeclaration(
              "`" + name + "` is volatile, but cannot be read or written by one access",
              "volatile numbers of 1, 2, 4 or 8 bytes, booleans and enums; no @Config, which is"
                  + " constant"));
    }
    return InitialValues.isReference(type) && !isFinal
        ? Optional.of(
            new Misdeclaration(
                "`" + name + "` is memory shared with user space: the reference must not change",
                "make it final"))
        : Optional.empty();
  }

  /// Whether a field takes one access: what is volatile must.
  static boolean isOneAccess(VariableElement field, Type type) {
    Storage storage = Annotations.storage(field).orElse(Layouts.defaultStorage(type));
    return (type instanceof Primitive || type instanceof Type.EnumType)
        && Integer.bitCount(storage.bytes()) == 1
        && Annotations.number(field, "At").filter(at -> at % storage.bytes() != 0).isEmpty();
  }

  private Optional<Global> rejectedGlobal(VariableElement field, String message, String help) {
    source.report(Diagnostic.error(Code.BPF1012, span(field), message, help));
    return Optional.empty();
  }

  private Span span(VariableElement field) {
    Tree tree = source.trees().getTree(field);
    return tree == null ? Span.NONE : source.span(tree);
  }

  private String owner(VariableElement field) {
    return types.binaryName(JavaTypes.owner(field));
  }
}
