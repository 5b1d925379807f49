package org.bpf4j.object;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
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
    all.sort(Comparator.comparingInt(Function::section).thenComparingInt(Function::start));
    return all;
  }

  private Function named(Function local) {
    String name = local.name();
    for (int i = 2; !names.add(name); i++) {
      name = local.name() + "." + i;
    }
    return new Function(name, false, false, local.section(), local.start(), local.end());
  }

  private List<Function> in(int section) {
    List<Symbol> symbols = marked(section, ElfFile.STT_FUNC);
    if (symbols.isEmpty()) {
      symbols = marked(section, ElfFile.STT_NOTYPE).stream().filter(Symbol::isGlobal).toList();
    }
    List<Function> functions = new ArrayList<>();
    for (int i = 0; i < symbols.size(); i++) {
      functions.add(function(symbols, i));
    }
    return functions;
  }

  private List<Symbol> marked(int section, int type) {
    return file.symbols().stream()
        .filter(s -> s.section() == section && s.type() == type && !s.name().isEmpty())
        .sorted(Comparator.comparingLong(Symbol::value))
        .toList();
  }

  /// A symbol without a size goes on to the next one.
  private Function function(List<Symbol> symbols, int at) {
    Symbol symbol = symbols.get(at);
    Section section = file.sections().get(symbol.section());
    long size = section.bytes().capacity();
    long next = size;
    for (int i = at + 1; i < symbols.size() && next == size; i++) {
      next = symbols.get(i).value() > symbol.value() ? symbols.get(i).value() : size;
    }
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
        symbol.isGlobal() && symbol.isHidden() && section.name().equals(CodeSection.TEXT),
        symbol.section(),
        (int) start,
        (int) end);
  }
}
