package org.bpf4j.fault;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bpf4j.object.ElfReader;

/// Where in a 64-bit ELF file things are, as far as it is still one, and what goes wrong there.
record ElfPlaces(Edits edits) {

  private static final int SECTION_BYTES = 64;
  private static final int SYMBOL_BYTES = 24;

  private static final int SYMBOLS = 2;
  private static final int DYNAMIC_SYMBOLS = 11;
  private static final int NO_BITS = 8;
  private static final int RELOCATIONS = 9;
  private static final int RELOCATION_BYTES = 16;

  /// Some bytes of the file.
  record Part(long at, long size) {}

  private long table() {
    return edits.get(40, 8);
  }

  private int count() {
    return (int) edits.get(60, 2);
  }

  private long header(int index) {
    return table() + (long) index * SECTION_BYTES;
  }

  private int type(int index) {
    return (int) edits.get(header(index) + 4, 4);
  }

  private Part contents(int index) {
    return new Part(edits.get(header(index) + 24, 8), edits.get(header(index) + 32, 8));
  }

  private boolean has(Part part) {
    return edits.has(part.at(), part.size());
  }

  /// The section of that name.
  Optional<Part> section(String name) {
    Part texts = contents((int) edits.get(62, 2));
    for (int i = 0; i < count() && has(texts); i++) {
      long at = texts.at() + edits.get(header(i), 4);
      byte[] wanted = (name + "\0").getBytes(StandardCharsets.US_ASCII);
      boolean found = edits.has(at, wanted.length);
      for (int k = 0; k < wanted.length && found; k++) {
        found = edits.get(at + k, 1) == wanted[k];
      }
      if (found && has(contents(i))) {
        return Optional.of(contents(i));
      }
    }
    return Optional.empty();
  }

  /// A section of a type, chosen at random; its index, or −1.
  private int any(int... types) {
    int found = -1;
    int seen = 0;
    for (int i = 0; i < count(); i++) {
      for (int type : types) {
        if (type(i) == type && edits.random.nextInt(++seen) == 0) {
          found = i;
        }
      }
    }
    return found;
  }

  /// The bytes that sections have in memory and not in the file, of sections that are not refused
  /// for that.
  long zeroBytes() {
    long zeroes = 0;
    for (int i = 0; i < count(); i++) {
      long size = contents(i).size();
      zeroes += type(i) == NO_BITS && size > 0 && size <= ElfReader.MAX_BSS_BYTES ? size : 0;
    }
    return zeroes;
  }

  void changeHeader() {
    edits.changeRecord(
        0, 64, 64, 4, 1, 5, 1, 16, 2, 18, 2, 24, 8, 32, 8, 40, 8, 52, 2, 54, 2, 56, 2, 58, 2, 60, 2,
        62, 2);
  }

  void changeSection() {
    long bytes = (long) count() * SECTION_BYTES;
    edits.changeRecord(
        table(),
        bytes,
        SECTION_BYTES,
        0,
        4,
        4,
        4,
        8,
        8,
        16,
        8,
        24,
        8,
        32,
        8,
        40,
        4,
        44,
        4,
        48,
        8,
        56,
        8);
  }

  void changeSymbol() {
    int index = any(SYMBOLS, DYNAMIC_SYMBOLS);
    if (index >= 0) {
      Part part = contents(index);
      edits.changeRecord(part.at(), part.size(), SYMBOL_BYTES, 0, 4, 4, 1, 5, 1, 6, 2, 8, 8, 16, 8);
    }
  }

  void changeRelocation() {
    int index = any(RELOCATIONS);
    if (index >= 0) {
      Part part = contents(index);
      edits.changeRecord(part.at(), part.size(), RELOCATION_BYTES, 0, 8, 8, 4, 12, 4);
    }
  }

  /// Changes a byte, or a number, of a section of a type.
  void changeBytes(int type) {
    int index = any(type);
    if (index >= 0) {
      Part part = contents(index);
      int size = 1 << edits.random.nextInt(4);
      edits.changeRecord(part.at(), part.size(), size, 0, size);
    }
  }

  /// Lets a section lie where another is, with its size or its own.
  void overlap() {
    if (count() > 1) {
      int one = edits.random.nextInt(count());
      int other = edits.random.nextInt(count());
      edits.set(header(one) + 24, 8, contents(other).at());
      if (edits.random.nextBoolean()) {
        edits.set(header(one) + 32, 8, contents(other).size());
      }
    }
  }

  /// Puts a record of a table there many times.
  void multiply() {
    int index = any(SYMBOLS, RELOCATIONS, DYNAMIC_SYMBOLS, 1);
    if (index < 0) {
      return;
    }
    Part part = contents(index);
    int bytes =
        switch (type(index)) {
          case RELOCATIONS -> RELOCATION_BYTES;
          case 1 -> 8;
          default -> SYMBOL_BYTES;
        };
    if (part.size() < bytes) {
      return;
    }
    long record = part.at() + bytes * edits.random.nextLong(part.size() / bytes);
    int times = edits.random.nextInt(1, 2000);
    long at = edits.append(part.at(), part.size(), record, bytes, times);
    if (at >= 0) {
      edits.set(header(index) + 24, 8, at);
      edits.set(header(index) + 32, 8, part.size() + (long) bytes * times);
    }
  }

  /// Lists a section many times.
  void multiplySections() {
    if (count() == 0) {
      return;
    }
    int times = edits.random.nextInt(1, 500);
    long bytes = (long) count() * SECTION_BYTES;
    int index = edits.random.nextInt(count());
    long at = edits.append(table(), bytes, header(index), SECTION_BYTES, times);
    if (at >= 0) {
      edits.set(40, 8, at);
      edits.set(60, 2, count() + times);
    }
  }
}
