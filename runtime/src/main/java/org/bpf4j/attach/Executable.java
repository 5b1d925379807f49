package org.bpf4j.attach;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.kernel.NoSuchTargetException;

/// An executable or library of this machine, and where its functions are in the file: a 64-bit ELF
/// file, whose tables are read anew each time.
///
/// @param path where it is
record Executable(Path path) {

  private static final int SHT_SYMTAB = 2;
  private static final int SHT_DYNSYM = 11;
  private static final int STT_FUNC = 2;
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
  /// @param process the process in which it is to be, or −1 for any
  /// @throws NoSuchTargetException if there is none
  static Executable open(String binary, long process) {
    Stream<Path> places =
        binary.contains("/")
            ? Stream.of(Path.of(binary))
            : Stream.concat(
                mapped(binary, process),
                DIRECTORIES.stream().map(directory -> Path.of(directory, binary)));
    return places
        .filter(Files::isRegularFile)
        .findFirst()
        .map(Executable::new)
        .orElseThrow(() -> new NoSuchTargetException("executable or library " + binary, List.of()));
  }

  /// The files of that name that a process runs.
  private static Stream<Path> mapped(String binary, long process) {
    if (process < 0) {
      return Stream.of();
    }
    try {
      return Files.readAllLines(Path.of("/proc/" + process + "/maps")).stream()
          .filter(line -> line.endsWith("/" + binary))
          .map(line -> Path.of(line.substring(line.indexOf('/'))))
          .distinct();
    } catch (NoSuchFileException _) {
      throw new NoSuchTargetException("process " + process, List.of());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the files of process " + process, e);
    }
  }

  /// Where a function begins in the file.
  ///
  /// @throws NoSuchTargetException if the file has none of that name
  long offset(String function) {
    SortedMap<Long, String> found = places(function::equals);
    if (found.isEmpty()) {
      throw new NoSuchTargetException("function " + function + " of " + path, List.of());
    }
    return found.firstKey();
  }

  /// The functions whose names are wanted, by where they begin in the file; of several names for
  /// one place the first.
  ///
  /// @throws MalformedObjectException if it is no 64-bit ELF file, or a broken one
  SortedMap<Long, String> places(Predicate<String> wanted) {
    return read(
        image -> {
          SortedMap<Long, String> places = new TreeMap<>();
          for (Symbol symbol : symbols(image, wanted)) {
            image
                .place(symbol.address())
                .ifPresent(place -> places.putIfAbsent(place, symbol.name()));
          }
          return places;
        });
  }

  /// Reads what is wanted of the file; nothing of what is given may refer to the file.
  ///
  /// @throws MalformedObjectException if it is no 64-bit ELF file, or a broken one
  <T> T read(Function<Image, T> reader) {
    try (Arena arena = Arena.ofConfined();
        FileChannel channel = FileChannel.open(path)) {
      return reader.apply(Image.of(channel.map(MapMode.READ_ONLY, 0, channel.size(), arena)));
    } catch (IndexOutOfBoundsException | MalformedObjectException e) {
      throw new MalformedObjectException(path + " is broken: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  private static List<Symbol> symbols(Image image, Predicate<String> wanted) {
    List<Image.Section> sections = image.sections();
    List<Symbol> found = new ArrayList<>();
    for (Image.Section section : sections) {
      if (section.type() == SHT_SYMTAB || section.type() == SHT_DYNSYM) {
        addSymbols(image, section, sections.get(section.link()), wanted, found);
      }
    }
    return found;
  }

  /// Defined functions; a name may have a version behind `@`.
  private static void addSymbols(
      Image image,
      Image.Section section,
      Image.Section strings,
      Predicate<String> wanted,
      List<Symbol> found) {
    MemorySegment table = section.contents();
    for (long at = 0; at + SYMBOL_BYTES <= table.byteSize(); at += SYMBOL_BYTES) {
      boolean function = (table.get(ValueLayout.JAVA_BYTE, at + 4) & 0xf) == STT_FUNC;
      if (function && table.get(Image.SHORT, at + 6) != 0) {
        String full =
            image.text(strings.contents(), Integer.toUnsignedLong(table.get(Image.INT, at)));
        int version = full.indexOf('@');
        String name = version < 0 ? full : full.substring(0, version);
        if (wanted.test(name)) {
          found.add(new Symbol(name, table.get(Image.LONG, at + 8)));
        }
      }
    }
  }
}
