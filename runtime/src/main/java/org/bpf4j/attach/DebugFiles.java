package org.bpf4j.attach;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/// Where the symbols of a stripped file are: in a file that its build id or its `.gnu_debuglink`
/// names, or packed in itself (`.gnu_debugdata`). Addresses are those of the stripped file.
final class DebugFiles {

  /// Where distributions install them.
  private static final String DIRECTORY = "/usr/lib/debug";

  /// `SHT_NOTE`, and the note with the build id: owner `GNU`, type `NT_GNU_BUILD_ID`.
  private static final int NOTES = 7;

  private static final byte[] OWNER = "GNU\0".getBytes(StandardCharsets.US_ASCII);
  private static final int BUILD_ID = 3;

  /// How many times the stripped file's size its packed symbols may be; they take a third of the
  /// whole file's, packed a tenth.
  private static final int MOST_TIMES = 4;

  private static final int LEAST_BYTES = 1 << 20;
  private static final int CHUNK_BYTES = 1 << 16;

  private final Path path;
  private final Image image;

  private DebugFiles(Path path, Image image) {
    this.path = path;
    this.image = image;
  }

  /// Reads what is wanted of the file with the symbols, if there is one.
  static <T> Optional<T> read(Path path, Image image, Function<Image, T> reader) {
    DebugFiles files = new DebugFiles(path, image);
    Optional<Path> other = files.find();
    if (other.isPresent()) {
      return Optional.of(new Executable(other.get()).read(reader));
    }
    return files
        .packed()
        .filter(_ -> PackedSymbols.canBeRead())
        .map(section -> PackedSymbols.unpack(section.contents(), files.most()))
        .map(Image::of)
        .map(reader);
  }

  /// What to say of symbols that are there but cannot be read; `""` if that is not so.
  static String hint(Image image) {
    boolean packed = new DebugFiles(Path.of(""), image).packed().isPresent();
    return packed && !PackedSymbols.canBeRead()
        ? " (it has symbols in .gnu_debugdata, which are read if org.tukaani:xz is on the class path)"
        : "";
  }

  private long most() {
    return Math.max(LEAST_BYTES, MOST_TIMES * image.bytes());
  }

  private Optional<Image.Section> packed() {
    return section(".gnu_debugdata");
  }

  private Optional<Image.Section> section(String name) {
    return image.sections().stream()
        .filter(section -> section.name().equals(name) && section.contents().byteSize() > 0)
        .findFirst();
  }

  private Optional<Path> find() {
    Optional<String> id = buildId(image);
    Optional<Path> byId =
        id.filter(text -> text.length() > 2)
            .map(
                text ->
                    Path.of(
                        DIRECTORY, ".build-id", text.substring(0, 2), text.substring(2) + ".debug"))
            .filter(Files::isRegularFile)
            .filter(file -> new Executable(file).read(DebugFiles::buildId).equals(id));
    return byId.or(this::linked);
  }

  /// A name, and behind it at the next multiple of four the check sum of the file.
  private Optional<Path> linked() {
    return section(".gnu_debuglink")
        .flatMap(
            section -> {
              MemorySegment link = section.contents();
              String name = link.getString(0);
              int sum = link.get(Image.INT, link.byteSize() - Integer.BYTES);
              return candidates(name)
                  .filter(Files::isRegularFile)
                  .filter(file -> !file.equals(path))
                  .filter(file -> new Executable(file).read(other -> sum(other) == sum))
                  .findFirst();
            });
  }

  private Stream<Path> candidates(String name) {
    Path directory = path.toAbsolutePath().getParent();
    boolean plain = !name.isEmpty() && !name.contains("/");
    return directory == null || !plain
        ? Stream.of()
        : Stream.of(
            directory.resolve(name),
            directory.resolve(".debug").resolve(name),
            Path.of(DIRECTORY + directory, name));
  }

  private static int sum(Image image) {
    CRC32 sum = new CRC32();
    byte[] chunk = new byte[CHUNK_BYTES];
    for (long at = 0; at < image.bytes(); at += chunk.length) {
      int bytes = (int) Math.min(chunk.length, image.bytes() - at);
      MemorySegment.copy(image.file(), ValueLayout.JAVA_BYTE, at, chunk, 0, bytes);
      sum.update(chunk, 0, bytes);
    }
    return (int) sum.getValue();
  }

  private static Optional<String> buildId(Image image) {
    List<String> ids = new ArrayList<>();
    for (Image.Section section : image.sections()) {
      if (section.type() == NOTES && section.name().equals(".note.gnu.build-id")) {
        MemorySegment note = section.contents();
        int owner = note.get(Image.INT, 0);
        int bytes = note.get(Image.INT, 4);
        boolean ours =
            owner == OWNER.length
                && note.get(Image.INT, 8) == BUILD_ID
                && note.asSlice(12, OWNER.length).mismatch(MemorySegment.ofArray(OWNER)) < 0;
        if (ours) {
          byte[] id =
              note.asSlice(16, Integer.toUnsignedLong(bytes)).toArray(ValueLayout.JAVA_BYTE);
          ids.add(HexFormat.of().formatHex(id));
        }
      }
    }
    return ids.stream().findFirst();
  }
}
