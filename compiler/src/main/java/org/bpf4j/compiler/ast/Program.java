package org.bpf4j.compiler.ast;

import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import org.bpf4j.object.ObjectNote;

/// Everything that becomes one object: a `@Bpf` class with all code that it reaches.
///
/// It is closed: every [Expr.Call] names a function of `functions`, every type name a declaration,
/// every map and global an entry. Functions are sorted by their references; they come from the
/// class itself, other classes of the compilation and sidecars.
///
/// @param unit the `@Bpf` class
/// @param declarations every type, by binary name
/// @param maps every map reached, in order of class name and declaration
/// @param globals every global reached, likewise
/// @param functions every function reached
/// @param sources the texts of all functions, by file name
/// @param sidecars the sidecars that were read
public record Program(
    Unit unit,
    SortedMap<String, Declaration> declarations,
    List<Unit.MapDeclaration> maps,
    List<Unit.Global> globals,
    List<Unit.Function> functions,
    SortedMap<String, Unit.SourceText> sources,
    List<ObjectNote.SidecarHash> sidecars) {

  /// Copies the lists.
  public Program {
    maps = List.copyOf(maps);
    globals = List.copyOf(globals);
    functions = List.copyOf(functions);
    sidecars = List.copyOf(sidecars);
  }

  /// The programs of the class, in order of declaration, with what they call as it is linked.
  public List<Unit.Function> programs() {
    List<Unit.FunctionRef> order = unit.functions().stream().map(Unit.Function::ref).toList();
    return functions.stream()
        .filter(function -> function.role() instanceof Unit.Role.Program)
        .sorted(Comparator.comparingInt(function -> order.indexOf(function.ref())))
        .toList();
  }

  /// The same with fewer programs, and the functions that these reach.
  public Program with(Unit smaller, List<Unit.Function> reached) {
    return new Program(smaller, declarations, maps, globals, reached, sources, sidecars);
  }
}
