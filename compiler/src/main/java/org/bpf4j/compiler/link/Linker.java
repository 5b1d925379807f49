package org.bpf4j.compiler.link;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.bpf4j.compiler.ast.Declaration;
import org.bpf4j.compiler.ast.Program;
import org.bpf4j.compiler.ast.Sidecar;
import org.bpf4j.compiler.ast.Unit;
import org.bpf4j.compiler.ast.Unit.FunctionRef;
import org.bpf4j.compiler.diagnostic.Code;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.compiler.diagnostic.Diagnostic;
import org.bpf4j.compiler.diagnostic.Span;
import org.bpf4j.object.ObjectNote.SidecarHash;

/// Collects what a `@Bpf` class reaches.
///
/// Functions are followed from call to call; maps, globals and types come along where they are
/// named. The order of everything is fixed by names and declarations, never by the order in which
/// classes were compiled.
public final class Linker {

  /// The program, unless something is missing.
  public record Result(Optional<Program> program, List<Diagnostic> diagnostics) {
    /// Copies the list.
    public Result {
      diagnostics = List.copyOf(diagnostics);
    }
  }

  private final Unit unit;
  private final Function<String, Optional<Unit>> units;
  private final SortedMap<String, Unit> loaded = new TreeMap<>();
  private final SortedMap<String, Unit.Function> functions = new TreeMap<>();
  private final Components components;
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  private Linker(Unit unit, Function<String, Optional<Unit>> units) {
    this.unit = unit;
    this.units = units;
    loaded.put(unit.name(), unit);
    components = new Components(unit, this::unitOf);
  }

  /// Links a `@Bpf` class.
  ///
  /// @param units finds the unit of a class by its binary name
  public static Result link(Unit unit, Function<String, Optional<Unit>> units) {
    return new Linker(unit, units).link();
  }

  private Result link() {
    Deque<Unit.Function> work = new ArrayDeque<>();
    unit.functions().stream()
        .filter(function -> function.role() instanceof Unit.Role.Program)
        .map(components::bound)
        .forEach(work::add);
    Map<String, Reference> fields = new LinkedHashMap<>();
    Map<String, Span> types = new LinkedHashMap<>();
    while (!work.isEmpty()) {
      Unit.Function function = work.remove();
      if (functions.putIfAbsent(function.ref().toString(), function) == null) {
        References references = References.of(function);
        references.fields().forEach(field -> fields.putIfAbsent(field.key(), field));
        references.types().forEach(types::putIfAbsent);
        references.calls().forEach((ref, span) -> callee(ref, span).ifPresent(work::add));
      }
    }
    SortedMap<String, Declaration> declarations = declarations(fields, types);
    List<Unit.MapDeclaration> maps = maps(fields);
    List<Unit.Global> globals = globals(fields);
    requireDeclared(fields, maps, globals);
    if (!diagnostics.isEmpty()) {
      return new Result(Optional.empty(), diagnostics);
    }
    return new Result(
        Optional.of(
            new Program(
                unit,
                declarations,
                maps,
                globals,
                List.copyOf(functions.values()),
                sources(),
                hashes())),
        diagnostics);
  }

  private Optional<Unit.Function> callee(FunctionRef called, Span span) {
    return source(components.unbound(called), span)
        .map(function -> components.bound(components.bound(function), called));
  }

  private Optional<Unit.Function> source(FunctionRef ref, Span span) {
    Optional<Unit.Function> own = find(unit, ref);
    if (own.isPresent()) {
      return own;
    }
    Optional<Unit.Function> other = unitOf(ref.owner()).flatMap(found -> find(found, ref));
    if (other.isEmpty()) {
      diagnostics.add(
          Diagnostic.error(
              Code.BPF3004,
              span,
              "the BPF code of `" + ref.owner() + "." + ref.name() + "` is not at hand",
              "mark it @BpfFunction and compile " + ref.owner() + " with bpf4j's processor"));
    }
    return other;
  }

  private static Optional<Unit.Function> find(Unit unit, FunctionRef ref) {
    return unit.functions().stream().filter(f -> f.ref().equals(ref)).findFirst();
  }

  /// The unit that holds a class: its own, or that of the top-level class around it.
  private Optional<Unit> unitOf(String className) {
    int nested = className.indexOf('$');
    List<String> names =
        nested < 0 ? List.of(className) : List.of(className, className.substring(0, nested));
    for (String name : names) {
      Unit known = loaded.get(name);
      if (known != null) {
        return Optional.of(known);
      }
      Optional<Unit> found = load(name);
      if (found.isPresent()) {
        loaded.put(name, found.get());
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Unit> load(String name) {
    try {
      return units.apply(name);
    } catch (IllegalArgumentException damaged) {
      diagnostics.add(
          Diagnostic.error(
              Code.BPF3004,
              Span.NONE,
              "the sidecar of " + name + " cannot be read: " + damaged.getMessage(),
              "compile " + name + " again with this version of bpf4j"));
      return Optional.empty();
    }
  }

  private SortedMap<String, Declaration> declarations(
      Map<String, Reference> fields, Map<String, Span> types) {
    fields.values().forEach(field -> unitOf(field.owner()));
    unit.componentFields().forEach(this::requireComponent);
    types.keySet().forEach(this::unitOf);
    SortedMap<String, Declaration> declarations = new TreeMap<>();
    for (Unit each : List.copyOf(loaded.values())) {
      each.declarations().forEach(d -> declarations.putIfAbsent(d.name(), d));
    }
    unit.declarations().forEach(d -> declarations.put(d.name(), d));
    types.forEach(
        (name, span) -> {
          if (!declarations.containsKey(name)) {
            diagnostics.add(
                Diagnostic.error(
                    Code.BPF3004,
                    span,
                    "the layout of " + name + " is not at hand",
                    "compile " + name + " with bpf4j's processor"));
          }
        });
    return declarations;
  }

  private void requireComponent(Unit.ComponentField field) {
    if (!components.isKnown(field)) {
      diagnostics.add(
          Diagnostic.error(
              Code.BPF3004,
              field.span(),
              "the maps of " + field.component() + " are not at hand",
              "compile " + field.component() + " with bpf4j's processor"));
    }
  }

  private List<Unit.MapDeclaration> maps(Map<String, Reference> fields) {
    List<Unit.MapDeclaration> maps = new ArrayList<>(unit.maps());
    maps.addAll(components.maps());
    for (Unit other : others()) {
      other.maps().stream()
          .filter(map -> fields.containsKey(map.owner() + "." + map.name()))
          .filter(map -> !maps.contains(map))
          .forEach(maps::add);
    }
    return maps;
  }

  private List<Unit.Global> globals(Map<String, Reference> fields) {
    List<Unit.Global> globals = new ArrayList<>(unit.globals());
    for (Unit other : others()) {
      other.globals().stream()
          .filter(global -> fields.containsKey(global.owner() + "." + global.name()))
          .filter(global -> !globals.contains(global))
          .forEach(globals::add);
    }
    return globals;
  }

  private void requireDeclared(
      Map<String, Reference> fields, List<Unit.MapDeclaration> maps, List<Unit.Global> globals) {
    Set<String> declared = new HashSet<>();
    maps.forEach(map -> declared.add(map.owner() + "." + map.name()));
    globals.forEach(global -> declared.add(global.owner() + "." + global.name()));
    for (Reference field : fields.values()) {
      if (!declared.contains(field.key())) {
        diagnostics.add(
            Diagnostic.error(
                Code.BPF3004,
                field.span(),
                "the value of `" + field.key() + "` is not at hand",
                "compile " + field.owner() + " with bpf4j's processor, or declare a constant"));
      }
    }
  }

  private List<Unit> others() {
    return loaded.values().stream()
        .filter(other -> !other.name().equals(unit.name()))
        .sorted(Comparator.comparing(Unit::name))
        .toList();
  }

  private SortedMap<String, Unit.SourceText> sources() {
    SortedMap<String, Unit.SourceText> sources = new TreeMap<>();
    loaded.values().forEach(each -> sources.put(each.source().file(), each.source()));
    return sources;
  }

  private List<SidecarHash> hashes() {
    return others().stream()
        .filter(
            other ->
                functions.values().stream()
                    .anyMatch(
                        function -> find(other, components.unbound(function.ref())).isPresent()))
        .map(other -> new SidecarHash(other.name(), sha256(Sidecar.write(other))))
        .toList();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new CompilerBug("the JDK has no SHA-256", e);
    }
  }
}
