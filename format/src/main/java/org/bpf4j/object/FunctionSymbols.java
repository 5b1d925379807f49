package org.bpf4j.object;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpf4j.isa.InsnCodec;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.object.ElfFile.Section;
import org.bpf4j.object.ElfFile.Symbol;

/// Which symbols of a file are functions, and what each is called.
///
/// Compilers mark functions since LLVM 8; in a section without such marks, the global symbols that
/// have no type are its functions. Static functions of several source files may have one name,
/// which is no name any more: all but the first get a number behind it.
final class FunctionSymbols {

  private final ElfFile file;
  private final Set<String> names = new HashSet<>();

  /// The last number behind a name that several have.
  private final Map<String, Integer> copies = new HashMap<>();

  private FunctionSymbols(ElfFile file) {
    this.file = file;
  }

  /// A function.
  ///
  /// @param name its name, which no other has
  /// @param hidden whether it is a subprogram that is to be verified where it is called, although
  ///   it is global: `__hidden` of `bpf_helpers.h`
  /// @param section the index of its section
  /// @param start its first byte in the section
  /// @param end the byte behind its last
  record Function(String name, boolean global, boolean hidden, int section, int start, int end) {}

  /// The functions of a file, by section and place.
  ///
  /// @throws MalformedObjectException if one leaves its section, or two global ones have one name
  static List<Function> of(ElfFile file) {
    FunctionSymbols symbols = new FunctionSymbols(file);
    List<Function> global = new ArrayList<>();
    List<Function> local = new ArrayList<>();
    for (int i = 0; i < file.sections().size(); i++) {
      if (file.sections().get(i).isCode()) {
        for (Function function : symbols.in(i)) {
          (function.global() ? global : local).add(function);
        }
      }
    }
    List<Function> all = new ArrayList<>();
    for (Function function : global) {
      if (!symbols.names.add(function.name())) {
        throw new MalformedObjectException("two functions are called " + function.name());
      }
      all.add(function);
    }
    local.forEach(function -> all.add(symbols.named(function)));
    all.sort(FunctionSymbols::byPlace);
    return all;
  }

  private static int byPlace(Function one, Function other) {
    int bySection = Integer.compare(one.section(), other.section());
    return bySection != 0 ? bySection : Integer.compare(one.start(), other.start());
  }

  private Function named(Function local) {
    String name = local.name();
    while (!names.add(name)) {
      name = local.name() + "." + copies.merge(local.name(), 2, (before, _) -> before + 1);
    }
    return new Function(name, false, false, local.section(), local.start(), local.end());
  }

  private List<Function> in(int section) {
    List<Symbol> symbols = marked(section, ElfFile.STT_FUNC);
    if (symbols.isEmpty()) {
      symbols = marked(section, ElfFile.STT_NOTYPE).stream().filter(Symbol::isGlobal).toList();
    }
    List<Function> functions = new ArrayList<>();
    long next = file.sections().get(section).bytes().capacity();
    long at = next;
    for (Symbol symbol : symbols.reversed()) {
      next = symbol.value() < at ? at : next;
      at = symbol.value();
      functions.add(function(symbol, next));
    }
    return functions.reversed();
  }

  private List<Symbol> marked(int section, int type) {
    return file.symbols().stream()
        .filter(s -> s.section() == section && s.type() == type && !s.name().isEmpty())
        .sorted((one, other) -> Long.compare(one.value(), other.value()))
        .toList();
  }

  /// A symbol without a size goes on to the next one.
  ///
  /// @param next where the next begins, or the section ends
  private Function function(Symbol symbol, long next) {
    Section section = file.sections().get(symbol.section());
    long size = section.bytes().capacity();
    long start = symbol.value();
    long end = symbol.size() == 0 ? next : start + symbol.size();
    boolean fits = start >= 0 && start < end && end <= size;
    if (!fits || start % InsnCodec.SLOT_BYTES != 0 || end % InsnCodec.SLOT_BYTES != 0) {
      throw new MalformedObjectException(
          "section " + section.name() + ": function " + symbol.name() + " does not fit into it");
    }
    return new Function(
        symbol.name(),
        symbol.isGlobal(),
        symbol.isGlobal() && symbol.isHidden() && CodeSection.isText(section.name()),
        symbol.section(),
        (int) start,
        (int) end);
  }
}
