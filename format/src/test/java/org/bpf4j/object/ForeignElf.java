package org.bpf4j.object;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfWriter;
import org.bpf4j.isa.InsnCodec;
import org.bpf4j.isa.InsnParser;
import org.bpf4j.isa.MalformedObjectException;

/// A file put together section by section, as other compilers put them: what [ElfWriter] never
/// writes.
final class ForeignElf {

  private final List<ElfFile.Section> sections = new ArrayList<>();
  private final List<ElfFile.Symbol> symbols = new ArrayList<>();
  private final List<Pending> relocations = new ArrayList<>();

  ForeignElf() {
    sections.add(ElfFile.Section.of("", 0, 0, 0, new byte[0]));
  }

  private record Pending(int section, long offset, int type, ElfFile.Symbol symbol) {}

  /// A section with instructions; its index.
  int code(String name, String text) {
    return section(
        name,
        ElfFile.SHF_ALLOC | ElfFile.SHF_EXECINSTR,
        InsnCodec.encode(InsnParser.parseAll(text)));
  }

  /// A section of data; its index.
  int data(String name, byte[] bytes) {
    return section(name, ElfFile.SHF_ALLOC | ElfFile.SHF_WRITE, bytes);
  }

  int words(String name, int... words) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int word : words) {
      bytes.putInt(word);
    }
    return data(name, bytes.array());
  }

  /// A section of zeroes, which are not in the file.
  void zeroes(String name, long bytes) {
    sections.add(
        new ElfFile.Section(
            name,
            ElfFile.SHT_NOBITS,
            ElfFile.SHF_ALLOC | ElfFile.SHF_WRITE,
            0,
            0,
            8,
            0,
            ByteBuffer.allocate(0),
            bytes));
  }

  ForeignElf types(Btf types) {
    section(".BTF", 0, BtfWriter.write(types));
    return this;
  }

  int section(String name, long flags, byte[] bytes) {
    sections.add(ElfFile.Section.of(name, ElfFile.SHT_PROGBITS, flags, 8, bytes));
    return sections.size() - 1;
  }

  ElfFile.Symbol function(String name, int section, int start, int bytes) {
    return symbol(name, ElfFile.STB_GLOBAL, ElfFile.STT_FUNC, section, start, bytes);
  }

  ElfFile.Symbol symbol(String name, int binding, int type, int section, int value, int bytes) {
    return add(new ElfFile.Symbol(name, binding, type, section, value, bytes));
  }

  ElfFile.Symbol add(ElfFile.Symbol symbol) {
    symbols.add(symbol);
    return symbol;
  }

  /// The symbol of a whole section.
  ElfFile.Symbol start(int section) {
    return symbol("", ElfFile.STB_LOCAL, ElfFile.STT_SECTION, section, 0, 0);
  }

  ElfFile.Symbol undefined(String name) {
    return symbol(name, ElfFile.STB_GLOBAL, ElfFile.STT_NOTYPE, 0, 0, 0);
  }

  ForeignElf relocation(int section, long offset, int type, ElfFile.Symbol symbol) {
    relocations.add(new Pending(section, offset, type, symbol));
    return this;
  }

  byte[] bytes() {
    List<ElfFile.Symbol> ordered =
        symbols.stream().sorted(Comparator.comparing(ElfFile.Symbol::isGlobal)).toList();
    List<ElfFile.Section> all = new ArrayList<>(sections);
    for (Pending relocation : relocations) {
      ByteBuffer bytes =
          ByteBuffer.allocate(ElfFile.RELOCATION_BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(relocation.offset())
              .putInt(relocation.type())
              .putInt(ordered.indexOf(relocation.symbol()) + 1);
      all.add(
          new ElfFile.Section(
              ".rel" + sections.get(relocation.section()).name(),
              ElfFile.SHT_REL,
              0,
              0,
              relocation.section(),
              8,
              ElfFile.RELOCATION_BYTES,
              bytes,
              bytes.capacity()));
    }
    return new ElfFile(all, ordered).toBytes();
  }

  BpfObject read() {
    return ElfReader.read(bytes());
  }

  /// Reads the file, which must be refused.
  void refused(String message) {
    assertThatThrownBy(this::read)
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageContaining(message);
  }

  /// What the first relocation of a function refers to.
  static Relocation.Target target(BpfObject object, String function) {
    return object.function(function).orElseThrow().relocations().getFirst().target();
  }
}
