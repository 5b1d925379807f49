package org.bpf4j.compiler.ast;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.bpf4j.compiler.ast.Unit.FunctionRef;
import org.bpf4j.compiler.diagnostic.CompilerBug;
import org.bpf4j.object.CName;

/// The ELF names of a program's maps, globals and functions: C identifiers, unique in their object.
///
/// The Java name is kept where it can be. Where two owners use one name, the class itself keeps it
/// and others put their simple name before it; overloads get a number, but never programs, which
/// user space knows by their Java names. Names depend only on the program, so every stage that asks
/// gets the same.
public final class Symbols {

  private final Set<String> taken = new HashSet<>();
  private final Map<String, String> names = new HashMap<>();
  private final String home;

  /// Names everything in a program.
  public Symbols(Program program) {
    home = program.unit().name();
    for (Unit.Function function : program.functions()) {
      if (function.role() instanceof Unit.Role.Program) {
        name(function);
      }
    }
    nameAll(program, owner -> owner.equals(home));
    nameAll(program, owner -> !owner.equals(home));
  }

  private void nameAll(Program program, Function<String, Boolean> included) {
    for (Unit.MapDeclaration map : program.maps()) {
      if (included.apply(map.owner())) {
        name("map " + map.owner() + " " + map.name(), map.owner(), map.name());
      }
    }
    for (Unit.Global global : program.globals()) {
      if (included.apply(global.owner())) {
        String key = "global " + global.owner() + " " + global.name();
        global
            .symbol()
            .ifPresentOrElse(
                symbol -> names.put(key, symbol.name()),
                () -> name(key, global.owner(), global.name()));
      }
    }
    for (Unit.Function function : program.functions()) {
      if (included.apply(function.ref().owner())
          && !(function.role() instanceof Unit.Role.Program)) {
        name(function);
      }
    }
  }

  private void name(Unit.Function function) {
    name("function " + function.ref(), function.ref().owner(), function.ref().name());
  }

  /// The name of a map's symbol.
  public String map(String owner, String name) {
    return find("map " + owner + " " + name);
  }

  /// The name of a global's symbol.
  public String global(String owner, String name) {
    return find("global " + owner + " " + name);
  }

  /// The name of a function's symbol.
  public String function(FunctionRef ref) {
    return find("function " + ref);
  }

  private String find(String key) {
    String name = names.get(key);
    if (name == null) {
      throw new CompilerBug("no symbol for " + key);
    }
    return name;
  }

  private void name(String key, String owner, String javaName) {
    String name = CName.of(javaName);
    if (taken.contains(name) && !owner.equals(home)) {
      String simple = owner.substring(Math.max(owner.lastIndexOf('.'), owner.lastIndexOf('$')) + 1);
      name = CName.of(simple.toLowerCase(Locale.ROOT) + "_" + javaName);
    }
    String unique = name;
    for (int i = 2; !taken.add(unique); i++) {
      unique = name + "_" + i;
    }
    names.put(key, unique);
  }
}
