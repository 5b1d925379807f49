package org.bpf4j.object;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.object.ElfFile.Section;
import org.bpf4j.object.ElfFile.Symbol;

/// Which programs stand in a struct of functions: relocations of its section, both ways.
final class Operations {

  private Operations() {}

  /// The relocations of a section.
  ///
  /// @param symbol finds the number of a symbol
  static ByteBuffer write(DataSection data, ToIntFunction<String> symbol) {
    ByteBuffer out =
        ByteBuffer.allocate(data.programs().size() * ElfFile.RELOCATION_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    data.programs()
        .forEach(
            (offset, program) -> {
              out.putLong(offset);
              out.putInt(ElfFile.R_BPF_64_ABS64);
              out.putInt(symbol.applyAsInt(program));
            });
    return out;
  }

  /// The programs that the relocations of a section name.
  ///
  /// @param index the section's number
  /// @throws MalformedObjectException if a relocation is outside, or names none
  static SortedMap<Integer, String> read(ElfFile file, int index, long bytes) {
    SortedMap<Integer, String> programs = new TreeMap<>();
    for (Section section : file.sections()) {
      if (section.type() == ElfFile.SHT_REL && section.info() == index) {
        ByteBuffer all = section.bytes();
        if (all.capacity() % ElfFile.RELOCATION_BYTES != 0) {
          throw new MalformedObjectException("the relocations of a struct are cut off");
        }
        for (int at = 0; at < all.capacity(); at += ElfFile.RELOCATION_BYTES) {
          long offset = all.getLong(at);
          if (offset < 0 || offset > bytes - Long.BYTES) {
            throw new MalformedObjectException("byte " + offset + " is outside the structs");
          }
          programs.put((int) offset, program(file, all.getLong(at + Long.BYTES) >>> 32));
        }
      }
    }
    return programs;
  }

  private static String program(ElfFile file, long number) {
    if (number < 1 || number > file.symbols().size()) {
      throw new MalformedObjectException("a relocation of a struct names no symbol");
    }
    Symbol symbol = file.symbols().get((int) number - 1);
    if (symbol.type() != ElfFile.STT_FUNC || symbol.name().isEmpty()) {
      throw new MalformedObjectException("a relocation of a struct names no program");
    }
    return symbol.name();
  }
}
