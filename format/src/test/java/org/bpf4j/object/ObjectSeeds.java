package org.bpf4j.object;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bpf4j.btf.BtfSamples;

/// Good objects, of which broken ones are made: one of ours, one such as other compilers make, and
/// those in the folder that `-Dbpf4j.fault.objects` names.
public final class ObjectSeeds {

  /// Larger files take so long that few mutants were made.
  private static final long MOST_BYTES = 200_000;

  private ObjectSeeds() {}

  /// All of them.
  public static List<byte[]> all() {
    List<byte[]> seeds = new ArrayList<>(List.of(ElfWriter.write(SampleObject.build()), foreign()));
    String folder = System.getProperty("bpf4j.fault.objects");
    if (folder != null) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".o")).sorted().toList()) {
          if (Files.size(file) <= MOST_BYTES) {
            seeds.add(Files.readAllBytes(file));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return seeds;
  }

  /// Maps that are words, static functions, relocations of data, a function that is not there.
  private static byte[] foreign() {
    ForeignElf elf = new ForeignElf();
    int maps = elf.words("maps", 1, 4, 8, 100, 1, 0, 0, 2, 4, 16, 1, 0, 0, 0);
    int data = elf.data(".data.hidden", new byte[16]);
    int text = elf.code(".text", "r0 = 1\nexit\nr0 = 2\nexit");
    elf.symbol("one", ElfFile.STB_LOCAL, ElfFile.STT_FUNC, text, 0, 16);
    ElfFile.Symbol two = elf.symbol("two", ElfFile.STB_LOCAL, ElfFile.STT_FUNC, text, 16, 16);
    int code = elf.code("tc", "call pc-1\nr1 = 0 ll\nr2 = 4 ll\nr3 = 0 ll\nexit");
    elf.symbol("filter", ElfFile.STB_GLOBAL, ElfFile.STT_FUNC, code, 0, 64);
    elf.symbol("counts", ElfFile.STB_GLOBAL, ElfFile.STT_OBJECT, maps, 0, 28);
    ElfFile.Symbol slots =
        elf.symbol("slots", ElfFile.STB_GLOBAL, ElfFile.STT_OBJECT, maps, 28, 28);
    ElfFile.Symbol hidden =
        elf.symbol("hidden", ElfFile.STB_GLOBAL, ElfFile.STT_OBJECT, data, 8, 8);
    elf.relocation(code, 0, 10, two);
    elf.relocation(code, 8, 1, slots);
    elf.relocation(code, 24, 1, hidden);
    elf.relocation(code, 40, 1, elf.undefined("CONFIG_NUMBER"));
    elf.section("license", 0, "GPL\0".getBytes(StandardCharsets.US_ASCII));
    return elf.types(BtfSamples.everyKind()).bytes();
  }
}
