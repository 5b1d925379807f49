package org.bpf4j.attach;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.kernel.NoSuchTargetException;

/// An executable or library of this machine, and where its functions are in the file: a 64-bit ELF
/// file, whose tables are read anew each time.
///
/// @param path where it is
record Executable(Path path) {

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /// `\x7fELF`, 64 bits, little-endian.
  private static final byte[] MAGIC = {0x7f, 'E', 'L', 'F', 2, 1};

  private static final int PT_LOAD = 1;
  private static final int SHT_SYMTAB = 2;
  private static final int SHT_DYNSYM = 11;
  private static final int STT_FUNC = 2;
  private static final int SECTION_BYTES = 64;
  private static final int SEGMENT_BYTES = 56;
  private static final int SYMBOL_BYTES = 24;

  /// Where names are looked up: directories of libraries (`ld.so(8)`, Debian's and others' paths
  /// for both architectures), then those of executables.
  private static final List<String> DIRECTORIES =
      List.of(
          "/lib/x86_64-linux-gnu",
          "/usr/lib/x86_64-linux-gnu",
          "/lib/aarch64-linux-gnu",
          "/usr/lib/aarch64-linux-gnu",
          "/lib64",
          "/usr/lib64",
          "/lib",
          "/usr/lib",
          "/usr/local/lib",
          "/usr/bin",
          "/usr/sbin",
          "/bin",
          "/sbin",
          "/usr/local/bin");

  private record Symbol(String name, long address) {}

  /// Finds a file by its path or name.
  ///
  /// @throws NoSuchTargetException if there is none
  static Executable open(String binary) {
    Stream<Path> places =
        binary.contains("/")
            ? Stream.of(Path.of(binary))
            : DIRECTORIES.stream().map(directory -> Path.of(directory, binary));
    return places
        .filter(Files::isRegularFile)
        .findFirst()
        .map(Executable::new)
        .orElseThrow(() -> new NoSuchTargetException("executable or library " + binary, List.of()));
  }

  /// Where a function begins in the file.
  ///
  /// @throws NoSuchTargetException if the file has none of that name
  long offset(String function) {
    long[] found = offsets(function::equals);
    if (found.length == 0) {
      throw new NoSuchTargetException("function " + function + " of " + path, List.of());
    }
    return found[0];
  }

  /// Where the functions begin whose names are wanted, each once, ascending.
  ///
  /// @throws MalformedObjectException if it is no 64-bit ELF file, or a broken one
  long[] offsets(Predicate<String> wanted) {
    try (Arena arena = Arena.ofConfined();
        FileChannel channel = FileChannel.open(path)) {
      MemorySegment file = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
      return symbols(file, wanted).stream()
          .flatMapToLong(symbol -> place(file, symbol.address()).stream().mapToLong(at -> at))
          .sorted()
          .distinct()
          .toArray();
    } catch (IndexOutOfBoundsException e) {
      throw new MalformedObjectException(path + " is broken: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  private List<Symbol> symbols(MemorySegment file, Predicate<String> wanted) {
    if (!Arrays.equals(file.asSlice(0, MAGIC.length).toArray(ValueLayout.JAVA_BYTE), MAGIC)) {
      throw new MalformedObjectException(path + " is no 64-bit ELF file");
    }
    long sections = file.get(LONG, 40);
    int count = Short.toUnsignedInt(file.get(SHORT, 60));
    List<Symbol> found = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      MemorySegment section = file.asSlice(sections + (long) i * SECTION_BYTES, SECTION_BYTES);
      int type = section.get(INT, 4);
      if (type == SHT_SYMTAB || type == SHT_DYNSYM) {
        long link = Integer.toUnsignedLong(section.get(INT, 40));
        MemorySegment strings =
            contents(file, file.asSlice(sections + link * SECTION_BYTES, SECTION_BYTES));
        addSymbols(contents(file, section), strings, wanted, found);
      }
    }
    return found;
  }

  private static MemorySegment contents(MemorySegment file, MemorySegment section) {
    return file.asSlice(section.get(LONG, 24), section.get(LONG, 32));
  }

  /// Defined functions; a name may have a version behind `@`.
  private static void addSymbols(
      MemorySegment table, MemorySegment strings, Predicate<String> wanted, List<Symbol> found) {
    for (long at = 0; at + SYMBOL_BYTES <= table.byteSize(); at += SYMBOL_BYTES) {
      boolean function = (table.get(ValueLayout.JAVA_BYTE, at + 4) & 0xf) == STT_FUNC;
      if (function && table.get(SHORT, at + 6) != 0) {
        String full = strings.getString(Integer.toUnsignedLong(table.get(INT, at)));
        int version = full.indexOf('@');
        String name = version < 0 ? full : full.substring(0, version);
        if (wanted.test(name)) {
          found.add(new Symbol(name, table.get(LONG, at + 8)));
        }
      }
    }
  }

  /// The place in the file of an address; nothing if it is not loaded from the file.
  private static Optional<Long> place(MemorySegment file, long address) {
    long segments = file.get(LONG, 32);
    int count = Short.toUnsignedInt(file.get(SHORT, 56));
    return LongStream.range(0, count)
        .mapToObj(i -> file.asSlice(segments + i * SEGMENT_BYTES, SEGMENT_BYTES))
        .filter(segment -> segment.get(INT, 0) == PT_LOAD)
        .filter(
            segment ->
                address - segment.get(LONG, 16) >= 0
                    && address - segment.get(LONG, 16) < segment.get(LONG, 32))
        .map(segment -> address - segment.get(LONG, 16) + segment.get(LONG, 8))
        .findFirst();
  }
}
