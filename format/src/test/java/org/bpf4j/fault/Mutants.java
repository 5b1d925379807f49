package org.bpf4j.fault;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/// Broken files, each made of a good one by a number: the same number makes the same file.
public final class Mutants {

  private static final String[] TYPED = {".BTF", ".BTF.ext"};

  private Mutants() {}

  /// An ELF file, of objects or executables, in which one to four things are wrong.
  public static byte[] ofElf(byte[] seed, long number) {
    Edits edits = new Edits(seed, new SplittableRandom(number));
    for (int count = edits.random.nextInt(1, 5); count > 0; count--) {
      mutateElf(edits);
    }
    return edits.bytes();
  }

  /// How large an ELF file is together with its sections of zeroes, which cost memory as if they
  /// were in the file.
  public static long sizeOfElf(byte[] file) {
    return file.length + new ElfPlaces(new Edits(file, new SplittableRandom(0))).zeroBytes();
  }

  /// A BTF blob in which one to four things are wrong.
  public static byte[] ofTypes(byte[] seed, long number) {
    Edits edits = new Edits(seed, new SplittableRandom(number));
    for (int count = edits.random.nextInt(1, 5); count > 0; count--) {
      mutateTypes(edits, 0, edits.length());
    }
    return edits.bytes();
  }

  /// A text in which one to four things are wrong.
  public static String ofText(String seed, long number) {
    Edits edits =
        new Edits(seed.getBytes(StandardCharsets.ISO_8859_1), new SplittableRandom(number));
    for (int count = edits.random.nextInt(1, 5); count > 0; count--) {
      bytes(edits);
    }
    return new String(edits.bytes(), StandardCharsets.ISO_8859_1);
  }

  /// One arm for each class of mutation.
  private static void mutateElf(Edits edits) {
    ElfPlaces elf = new ElfPlaces(edits);
    switch (edits.random.nextInt(16)) {
      case 0 -> elf.changeHeader();
      case 1, 2 -> elf.changeSection();
      case 3 -> elf.changeSymbol();
      case 4 -> elf.changeRelocation();
      case 5 -> elf.changeBytes(3); // strings
      case 6, 7 ->
          elf.section(TYPED[0]).ifPresent(part -> mutateTypes(edits, part.at(), part.size()));
      case 8 ->
          elf.section(TYPED[1])
              .ifPresent(part -> edits.changeRecord(part.at(), part.size(), 4, 0, 4));
      case 9, 10 -> elf.changeBytes(1); // instructions, data, notes and maps
      case 11 -> elf.changeBytes(7); // notes
      case 12 -> elf.overlap();
      case 13 -> elf.multiply();
      case 14 -> elf.multiplySections();
      default -> bytes(edits);
    }
  }

  private static void bytes(Edits edits) {
    switch (edits.random.nextInt(8)) {
      case 0 -> edits.truncate();
      case 1, 2 -> edits.smear();
      default -> edits.flip();
    }
  }

  /// Changes types that begin somewhere in a file: their header, a record, what is behind a record,
  /// or the texts.
  private static void mutateTypes(Edits edits, long start, long size) {
    long header = edits.get(start + 4, 4);
    long types = start + header + edits.get(start + 8, 4);
    long typesBytes = edits.get(start + 12, 4);
    long texts = start + header + edits.get(start + 16, 4);
    long textsBytes = edits.get(start + 20, 4);
    switch (edits.random.nextInt(8)) {
      case 0 -> edits.changeRecord(start, 24, 24, 0, 2, 2, 1, 4, 4, 8, 4, 12, 4, 16, 4, 20, 4);
      case 1, 2, 3 -> edits.changeRecord(types, typesBytes, 4, 0, 4);
      case 4 -> edits.changeRecord(types, typesBytes, 12, 0, 4, 4, 2, 6, 1, 7, 1, 8, 4);
      case 5 -> edits.changeRecord(texts, textsBytes, 1, 0, 1);
      case 6 -> edits.changeRecord(start, size, 4, 0, 4);
      default -> multiplyTypes(edits, start, types, typesBytes, textsBytes);
    }
  }

  /// Puts one record there many times; only where nothing follows, since the header counts from its
  /// own end.
  private static void multiplyTypes(
      Edits edits, long start, long types, long typesBytes, long textsBytes) {
    if (typesBytes < 12 || start != 0) {
      return;
    }
    long part = types + 4 * edits.random.nextLong(typesBytes / 4);
    int times = edits.random.nextInt(1, 2000);
    long at = edits.append(types, typesBytes, part, 12, times);
    if (at >= 0) {
      long header = edits.get(4, 4);
      edits.set(8, 4, at - header);
      edits.set(12, 4, typesBytes + 12L * times);
      edits.set(20, 4, textsBytes);
    }
  }
}
