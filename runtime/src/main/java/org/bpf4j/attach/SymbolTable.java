package org.bpf4j.attach;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The defined functions of an executable or library, or of a file with its symbols.
///
/// Tables for linking (`.dynsym`) have versions beside them (`.gnu.version`, `.gnu.version_d`),
/// those for debuggers (`.symtab`) have them in their names, behind `@`, or behind `@@` that of the
/// usual version.
final class SymbolTable {

  private static final int SYMBOLS = 2;
  private static final int LINKED_SYMBOLS = 11;

  /// `SHT_GNU_versym` and `SHT_GNU_verdef`.
  private static final int VERSIONS = 0x6fffffff;

  private static final int DEFINED_VERSIONS = 0x6ffffffd;

  /// `STT_FUNC` and `STT_GNU_IFUNC`: what is called at the address gives the function's address.
  private static final int FUNCTION = 2;

  private static final int INDIRECT = 10;
  private static final int SYMBOL_BYTES = 24;

  /// The bit of a version that is not the usual one.
  private static final int HIDDEN = 0x8000;

  /// The flag of the definition that is the file itself (`VER_FLG_BASE`), which is no version.
  private static final int BASE = 1;

  /// A function.
  ///
  /// @param name its name without the version
  /// @param version its version, or `""`
  /// @param usual whether it is what others are linked with who name no version
  /// @param address where it is when it is loaded
  /// @param binding how it stands to others of that name: 0 is local, 1 global, 2 weak
  /// @param indirect whether the address is that of what chooses among functions
  record Symbol(
      String name, String version, boolean usual, long address, int binding, boolean indirect) {

    /// The best of the same name comes first: the usual version, then what is known outside.
    int rank() {
      int bound =
          switch (binding) {
            case 0 -> 2;
            case 2 -> 1;
            default -> 0;
          };
      return (usual ? 0 : 3) + bound;
    }
  }

  private final Image image;
  private final List<Image.Section> sections;

  private SymbolTable(Image image) {
    this.image = image;
    this.sections = image.sections();
  }

  /// The functions with names that are wanted.
  static List<Symbol> read(Image image, Predicate<String> wanted) {
    SymbolTable tables = new SymbolTable(image);
    List<Symbol> found = new ArrayList<>();
    for (int i = 0; i < tables.sections.size(); i++) {
      int type = tables.sections.get(i).type();
      if (type == SYMBOLS || type == LINKED_SYMBOLS) {
        tables.add(i, wanted, found);
      }
    }
    return found;
  }

  /// Whether an image has the table that stripping takes away.
  static boolean isComplete(Image image) {
    return image.sections().stream()
        .anyMatch(section -> section.type() == SYMBOLS && section.contents().byteSize() > 0);
  }

  private void add(int number, Predicate<String> wanted, List<Symbol> found) {
    Image.Section section = sections.get(number);
    MemorySegment table = section.contents();
    MemorySegment strings = sections.get(section.link()).contents();
    Versions versions = new Versions(number);
    for (long at = 0; at + SYMBOL_BYTES <= table.byteSize(); at += SYMBOL_BYTES) {
      int info = table.get(ValueLayout.JAVA_BYTE, at + 4) & 0xff;
      int type = info & 0xf;
      if ((type == FUNCTION || type == INDIRECT) && table.get(Image.SHORT, at + 6) != 0) {
        String full = image.text(strings, Integer.toUnsignedLong(table.get(Image.INT, at)));
        int end = full.indexOf('@') < 0 ? full.length() : full.indexOf('@');
        String name = full.substring(0, end);
        if (wanted.test(name)) {
          String behind = full.substring(end);
          boolean own = !behind.isEmpty();
          long index = at / SYMBOL_BYTES;
          found.add(
              new Symbol(
                  name,
                  own ? version(behind) : versions.name(index),
                  own ? behind.startsWith("@@") : versions.isUsual(index),
                  table.get(Image.LONG, at + 8),
                  info >> 4,
                  type == INDIRECT));
        }
      }
    }
  }

  /// What stands behind `@` or `@@`.
  static String version(String behind) {
    return behind.substring(behind.startsWith("@@") ? 2 : 1);
  }

  /// The versions of a table's symbols, if it has such.
  private final class Versions {

    private final MemorySegment numbers;
    private final Map<Integer, String> names = new HashMap<>();

    Versions(int table) {
      numbers =
          sections.stream()
              .filter(section -> section.type() == VERSIONS && section.link() == table)
              .map(Image.Section::contents)
              .findFirst()
              .orElse(MemorySegment.NULL);
      if (numbers.byteSize() > 0) {
        sections.stream()
            .filter(section -> section.type() == DEFINED_VERSIONS)
            .forEach(this::addNames);
      }
    }

    /// `Elf64_Verdef` has flags at 2, its number at 4, the place of its first `Elf64_Verdaux` at 12
    /// and of the next definition at 16; the name is the first of the other.
    private void addNames(Image.Section section) {
      MemorySegment definitions = section.contents();
      MemorySegment strings = sections.get(section.link()).contents();
      long next = 1;
      for (long at = 0; next != 0; at += next) {
        int number = definitions.get(Image.SHORT, at + 4) & ~HIDDEN;
        long first = at + Integer.toUnsignedLong(definitions.get(Image.INT, at + 12));
        long name = Integer.toUnsignedLong(definitions.get(Image.INT, first));
        if ((definitions.get(Image.SHORT, at + 2) & BASE) == 0) {
          names.put(number & 0xffff, image.text(strings, name));
        }
        next = Integer.toUnsignedLong(definitions.get(Image.INT, at + 16));
      }
    }

    private int number(long index) {
      return (index + 1) * Short.BYTES <= numbers.byteSize()
          ? numbers.get(Image.SHORT, index * Short.BYTES) & 0xffff
          : 1;
    }

    String name(long index) {
      return names.getOrDefault(number(index) & ~HIDDEN, "");
    }

    boolean isUsual(long index) {
      return (number(index) & HIDDEN) == 0;
    }
  }
}
