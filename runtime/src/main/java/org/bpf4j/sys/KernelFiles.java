package org.bpf4j.sys;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bpf4j.handle.MapMemory;
import org.bpf4j.object.MapDefinition;

/// Files in which the kernel says something.
public final class KernelFiles {

  private KernelFiles() {}

  /// The text of a file without blanks around it; empty if it is not there or not to be read.
  public static Optional<String> text(Path file) {
    try {
      return Optional.of(new String(bytes(file), StandardCharsets.UTF_8).strip());
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// All of a file, read as a stream: a channel fails in an interrupted thread, and takes a new
  /// process several milliseconds longer, since it brings in what networks need.
  ///
  /// @throws FileNotFoundException if it is not there or not to be read
  public static byte[] bytes(Path file) throws IOException {
    try (FileInputStream stream = new FileInputStream(file.toFile())) {
      return stream.readAllBytes();
    }
  }

  /// A setting of the kernel by its name, such as `kernel.kptr_restrict`.
  public static Optional<String> setting(String name) {
    return text(Path.of("/proc/sys", name.replace('.', '/')));
  }

  /// What the kernel says of a descriptor of this process, by the names of the lines; empty if it
  /// is closed.
  public static Map<String, String> descriptor(Descriptor descriptor) {
    return fields(Path.of("/proc/self/fdinfo", Integer.toString(descriptor.number())));
  }

  /// How much memory a map takes: as the kernel says, or else by its rules.
  static MapMemory memory(Descriptor map, MapDefinition definition) {
    return memory(descriptor(map)).orElseGet(() -> MapMemory.computed(definition, Cpus.possible()));
  }

  /// How much memory a map takes, of what the kernel says of its descriptor.
  public static Optional<MapMemory> memory(Map<String, String> descriptor) {
    return Optional.ofNullable(descriptor.get("memlock"))
        .map(Long::parseLong)
        .filter(bytes -> bytes > 0)
        .map(MapMemory::counted);
  }

  /// The lines `name: value` of a file; empty if it is gone, or not for this process to read.
  public static Map<String, String> fields(Path file) {
    Map<String, String> fields = new HashMap<>();
    text(file)
        .ifPresent(
            text ->
                text.lines()
                    .filter(line -> line.indexOf(':') > 0)
                    .forEach(
                        line -> {
                          int colon = line.indexOf(':');
                          fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
                        }));
    return fields;
  }

  /// The capabilities in effect of the calling thread, a bit for each.
  static long capabilityBits() {
    String bits = fields(Path.of("/proc/thread-self/status")).get("CapEff");
    return bits == null ? 0 : Long.parseUnsignedLong(bits, 16);
  }

  /// Whether a file or folder is there.
  public static boolean exists(Path file) {
    try {
      Files.getLastModifiedTime(file);
      return true;
    } catch (NoSuchFileException _) {
      return false;
    } catch (IOException _) {
      return true;
    }
  }
}
