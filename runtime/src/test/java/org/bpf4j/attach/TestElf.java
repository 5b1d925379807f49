package org.bpf4j.attach;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Writes a library of which the first 4096 bytes are loaded at `0x400000`, as a test wants it.
final class TestElf {

  static final long LOADED = 0x400000;
  static final int LOADED_BYTES = 4096;
  private static final int HEADER_BYTES = 64;
  private static final int SEGMENT_BYTES = 56;

  /// A symbol.
  ///
  /// @param info binding and type
  /// @param version its number, which has the bit 0x8000 if it is not the usual one
  record Symbol(String name, int info, long address, int version) {}

  private record Section(String name, int type, int link, byte[] bytes) {}

  private final List<Section> sections = new ArrayList<>();
  private final ByteBuffer strings = ByteBuffer.allocate(4096).put((byte) 0);

  TestElf() {
    sections.add(new Section("", 0, 0, new byte[0]));
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  TestElf section(String name, int type, int link, byte[] bytes) {
    sections.add(new Section(name, type, link, bytes));
    return this;
  }

  private int string(String text) {
    int at = strings.position();
    strings.put(text(text)).put((byte) 0);
    return at;
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// A table of symbols with its strings; a table for linking has versions behind it.
  TestElf symbols(boolean linked, List<Symbol> symbols, List<String> versions) {
    ByteBuffer table = buffer(24 * (symbols.size() + 1)).position(24);
    ByteBuffer numbers = buffer(2 * (symbols.size() + 1)).position(2);
    for (Symbol symbol : symbols) {
      table.putInt(string(symbol.name())).put((byte) symbol.info()).put((byte) 0);
      table.putShort((short) 1).putLong(symbol.address()).putLong(8);
      numbers.putShort((short) symbol.version());
    }
    ByteBuffer definitions = buffer(28 * versions.size());
    for (int i = 0; i < versions.size(); i++) {
      boolean last = i == versions.size() - 1;
      definitions.putShort((short) 1).putShort((short) (i == 0 ? 1 : 0)).putShort((short) (i + 1));
      definitions.putShort((short) 1).putInt(0).putInt(20).putInt(last ? 0 : 28);
      definitions.putInt(string(versions.get(i))).putInt(0);
    }
    int at = sections.size();
    section(linked ? ".dynsym" : ".symtab", linked ? 11 : 2, at + 1, table.array());
    section(linked ? ".dynstr" : ".strtab", 3, 0, strings.array().clone());
    if (!versions.isEmpty()) {
      section(".gnu.version", 0x6fffffff, at, numbers.array());
      section(".gnu.version_d", 0x6ffffffd, at + 1, definitions.array());
    }
    return this;
  }

  byte[] write() {
    ByteBuffer names = buffer(4096).put((byte) 0);
    ByteBuffer headers = buffer(64 * (sections.size() + 1));
    ByteBuffer contents = buffer(1 << 20).position(LOADED_BYTES);
    List<Section> all = new ArrayList<>(sections);
    all.add(new Section(".shstrtab", 3, 0, names.array()));
    for (Section section : all) {
      int name = names.position();
      names.put(text(section.name())).put((byte) 0);
      headers.putInt(name).putInt(section.type()).putLong(0).putLong(0);
      headers.putLong(contents.position()).putLong(section.bytes().length);
      headers.putInt(section.link()).putInt(0).putLong(8).putLong(0);
      if (!section.name().equals(".shstrtab")) {
        contents.put(section.bytes());
      } else {
        int at = contents.position();
        contents.put(names.array()).position(at + names.capacity());
      }
    }
    int table = contents.position();
    contents.put(headers.array());
    byte[] bytes = new byte[contents.position()];
    ByteBuffer header = contents.position(0);
    header.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
    header.putShort((short) 3).putShort((short) 62).putInt(1).putLong(0).putLong(HEADER_BYTES);
    header.putLong(table).putInt(0).putShort((short) 64).putShort((short) SEGMENT_BYTES);
    header.putShort((short) 1).putShort((short) 64).putShort((short) all.size());
    header.putShort((short) (all.size() - 1));
    header.putInt(1).putInt(5).putLong(0).putLong(LOADED).putLong(LOADED);
    header.putLong(LOADED_BYTES).putLong(LOADED_BYTES);
    contents.get(0, bytes);
    return bytes;
  }
}
