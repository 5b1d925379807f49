package org.bpf4j.attach;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bpf4j.attach.SymbolTable.Symbol;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.sys.NearNames;

/// An executable or library of this machine, and where its functions are in the file: a 64-bit ELF
/// file, whose tables are read anew each time.
///
/// @param path where it is
record Executable(Path path) {

  /// What an address begins with that stands for a function.
  private static final String ADDRESS = "*";

  /// How many places are named of too many.
  private static final int MOST_SHOWN = 6;

  /// Finds a file by its path or name.
  ///
  /// @param process the process in which it is to be, or −1 for any
  /// @throws NoSuchTargetException if there is none
  static Executable open(String binary, long process) {
    return new Executable(Binaries.find(binary, process));
  }

  /// Where a function begins in the file.
  ///
  /// @param function a name, perhaps with `@` and a version, or `*` and an address as it is in the
  ///   file
  /// @throws NoSuchTargetException if the file has none of that name, or several of which nothing
  ///   makes one the first
  long offset(String function) {
    return function.startsWith(ADDRESS) ? loaded(function) : called(function);
  }

  private long loaded(String function) {
    try {
      long address = Long.decode(function.substring(ADDRESS.length()));
      return read(image -> image.place(address))
          .orElseThrow(
              () -> new NoSuchTargetException("code at " + function + " of " + path, List.of()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("no address: " + function + "; one is *0x401136", e);
    }
  }

  private long called(String function) {
    int at = function.indexOf('@');
    String name = at < 0 ? function : function.substring(0, at);
    String version = at < 0 ? "" : SymbolTable.version(function.substring(at));
    SortedMap<Long, Symbol> best =
        read(
            image -> {
              List<Symbol> all =
                  symbols(image, name::equals).stream()
                      .filter(symbol -> version.isEmpty() || symbol.version().equals(version))
                      .toList();
              int rank = all.stream().mapToInt(Symbol::rank).min().orElse(0);
              return placed(image, all.stream().filter(symbol -> symbol.rank() == rank));
            });
    if (best.isEmpty()) {
      throw missing(function, name);
    }
    if (best.size() > 1) {
      throw new NoSuchTargetException(
          "single function " + function + " of " + path + ", which has " + best.size(),
          best.keySet().stream().limit(MOST_SHOWN).map(place -> path + ":" + place).toList());
    }
    if (best.firstEntry().getValue().indirect()) {
      throw new NoSuchTargetException(
          "one function "
              + function
              + " of "
              + path
              + ", where each process chooses among several when it starts",
          near(name));
    }
    return best.firstKey();
  }

  private NoSuchTargetException missing(String function, String name) {
    String hint = read(DebugFiles::hint);
    return new NoSuchTargetException("function " + function + " of " + path + hint, near(name));
  }

  /// The functions with names like that one, each with its version if that was what was missed.
  List<String> near(String name) {
    return read(
        image -> {
          List<Symbol> all = symbols(image, _ -> true);
          Stream<String> same =
              all.stream()
                  .filter(symbol -> symbol.name().equals(name) && !symbol.version().isEmpty())
                  .map(symbol -> name + "@" + symbol.version());
          Stream<String> others =
              all.stream()
                  .filter(symbol -> !symbol.name().equals(name) && !symbol.indirect())
                  .map(Symbol::name);
          List<String> near = NearNames.of(name, others);
          return Stream.concat(same, near.stream()).distinct().limit(MOST_SHOWN).toList();
        });
  }

  /// The functions whose names are wanted, by where they begin in the file; of several names for
  /// one place the first.
  ///
  /// @throws MalformedObjectException if it is no 64-bit ELF file, or a broken one
  SortedMap<Long, String> places(Predicate<String> wanted) {
    return read(
        image -> {
          SortedMap<Long, String> names = new TreeMap<>();
          for (Symbol symbol : symbols(image, wanted)) {
            OptionalLong place =
                symbol.indirect() ? OptionalLong.empty() : image.place(symbol.address());
            place.ifPresent(at -> names.putIfAbsent(at, symbol.name()));
          }
          return names;
        });
  }

  private static SortedMap<Long, Symbol> placed(Image image, Stream<Symbol> symbols) {
    SortedMap<Long, Symbol> places = new TreeMap<>();
    symbols.forEach(
        symbol ->
            image.place(symbol.address()).ifPresent(place -> places.putIfAbsent(place, symbol)));
    return places;
  }

  /// Of a stripped file those that it is linked by, and those that its debug file has.
  private List<Symbol> symbols(Image image, Predicate<String> wanted) {
    List<Symbol> own = SymbolTable.read(image, wanted);
    if (SymbolTable.isComplete(image)) {
      return own;
    }
    List<Symbol> others =
        DebugFiles.read(path, image, debug -> SymbolTable.read(debug, wanted)).orElse(List.of());
    own.addAll(others);
    return own;
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
}
