package org.bpf4j.object;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpf4j.btf.StringSection;
import org.bpf4j.isa.MalformedObjectException;

/// A relocatable ELF file for BPF: sections and symbols, whatever they mean.
///
/// Section 0, the empty one, is the first of the list, so that indices are those of the file. The
/// symbol table and the string table are derived when it is written. Slices of the bytes are not
/// copied; together they may not be larger than twice the file, so that reading them is bounded.
///
/// @param sections all sections
/// @param symbols the symbols, without the empty symbol 0; local ones first
record ElfFile(List<Section> sections, List<Symbol> symbols) {

  static final int SHT_PROGBITS = 1;
  static final int SHT_SYMTAB = 2;
  static final int SHT_STRTAB = 3;
  static final int SHT_NOBITS = 8;
  static final int SHT_REL = 9;
  static final long SHF_WRITE = 1;
  static final long SHF_ALLOC = 2;
  static final long SHF_EXECINSTR = 4;

  static final int STB_LOCAL = 0;
  static final int STB_GLOBAL = 1;
  static final int STB_WEAK = 2;
  static final int STV_DEFAULT = 0;
  static final int STV_INTERNAL = 1;
  static final int STV_HIDDEN = 2;
  static final int STT_NOTYPE = 0;
  static final int STT_OBJECT = 1;
  static final int STT_FUNC = 2;
  static final int STT_SECTION = 3;

  /// A wide load of an address, and a call.
  static final int R_BPF_64_64 = 1;

  /// An address in data.
  static final int R_BPF_64_ABS64 = 2;

  static final int R_BPF_64_32 = 10;

  static final int RELOCATION_BYTES = 16;

  private static final int HEADER_BYTES = 64;
  private static final int SECTION_BYTES = 64;
  private static final int SYMBOL_BYTES = 24;
  private static final int EM_BPF = 247;
  private static final String SYMBOL_TABLE = ".symtab";
  private static final String STRING_TABLE = ".strtab";

  ElfFile {
    sections = List.copyOf(sections);
    symbols = List.copyOf(symbols);
  }

  /// A section.
  ///
  /// @param link for relocations, set when written: the symbol table
  /// @param info for relocations: the section they patch
  /// @param bytes the contents from 0 to the capacity, little-endian; empty for `SHT_NOBITS`
  /// @param size the size; that of `bytes` except for `SHT_NOBITS`
  record Section(
      String name,
      int type,
      long flags,
      int link,
      int info,
      int align,
      int entrySize,
      ByteBuffer bytes,
      long size) {

    static Section of(String name, int type, long flags, int align, byte[] bytes) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      return new Section(name, type, flags, 0, 0, align, 0, buffer, bytes.length);
    }

    /// A copy of the contents.
    byte[] copy() {
      byte[] copy = new byte[bytes.capacity()];
      bytes.get(0, copy);
      return copy;
    }

    boolean isCode() {
      return type == SHT_PROGBITS && (flags & SHF_EXECINSTR) != 0;
    }
  }

  /// A symbol; `section` is an index, 0 if it is undefined.
  ///
  /// @param visibility who sees it if it is global: `STV_*`
  record Symbol(
      String name, int binding, int type, int section, long value, long size, int visibility) {

    Symbol(String name, int binding, int type, int section, long value, long size) {
      this(name, binding, type, section, value, size, STV_DEFAULT);
    }

    boolean isGlobal() {
      return binding != STB_LOCAL;
    }

    /// Whether it is global for the compiler's sake, and nobody else is to know.
    boolean isHidden() {
      return visibility == STV_HIDDEN || visibility == STV_INTERNAL;
    }
  }

  /// The first section of that name.
  Optional<Section> section(String name) {
    for (Section section : sections) {
      if (section.name().equals(name)) {
        return Optional.of(section);
      }
    }
    return Optional.empty();
  }

  /// The file's bytes: header, contents in order, symbols, strings, section headers.
  byte[] toBytes() {
    return new Writer(this).write();
  }

  /// Reads a file.
  ///
  /// @throws MalformedObjectException if it is no little-endian BPF ELF, or broken
  static ElfFile parse(byte[] bytes) {
    return new Parser(bytes).parse();
  }

  private static final class Writer {

    private final ElfFile file;
    private final StringBuilder strings = new StringBuilder("\0");

    Writer(ElfFile file) {
      this.file = file;
    }

    byte[] write() {
      List<Section> all = new ArrayList<>();
      int symbolTable = file.sections.size();
      for (Section s : file.sections) {
        boolean relocations = s.type == SHT_REL;
        all.add(
            new Section(
                s.name,
                s.type,
                s.flags,
                relocations ? symbolTable : 0,
                s.info,
                s.align,
                s.entrySize,
                s.bytes,
                s.size));
      }
      ByteBuffer symbols = symbols();
      int locals = 1 + (int) file.symbols.stream().filter(s -> !s.isGlobal()).count();
      all.add(
          new Section(
              SYMBOL_TABLE,
              SHT_SYMTAB,
              0,
              symbolTable + 1,
              locals,
              8,
              SYMBOL_BYTES,
              symbols,
              symbols.capacity()));
      int[] names = new int[all.size() + 1];
      for (int i = 1; i < all.size(); i++) {
        names[i] = string(all.get(i).name);
      }
      names[all.size()] = string(STRING_TABLE);
      byte[] texts = strings.toString().getBytes(StandardCharsets.UTF_8);
      all.add(Section.of(STRING_TABLE, SHT_STRTAB, 0, 1, texts));
      return layout(all, names);
    }

    private byte[] layout(List<Section> all, int[] names) {
      int[] offsets = new int[all.size()];
      int end = HEADER_BYTES;
      for (int i = 1; i < offsets.length; i++) {
        Section section = all.get(i);
        offsets[i] = align(end, section.align);
        end = offsets[i] + section.bytes.capacity();
      }
      int headers = align(end, 8);
      ByteBuffer out =
          ByteBuffer.allocate(headers + all.size() * SECTION_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      out.putInt(0x464c457f).put((byte) 2).put((byte) 1).put((byte) 1).position(16);
      out.putShort((short) 1).putShort((short) EM_BPF).putInt(1).putLong(0).putLong(0);
      out.putLong(headers).putInt(0).putShort((short) HEADER_BYTES).putShort((short) 0);
      out.putShort((short) 0).putShort((short) SECTION_BYTES).putShort((short) all.size());
      out.putShort((short) (all.size() - 1));
      for (int i = 1; i < offsets.length; i++) {
        out.put(offsets[i], all.get(i).bytes, 0, all.get(i).bytes.capacity());
      }
      out.position(headers + SECTION_BYTES);
      for (int i = 1; i < offsets.length; i++) {
        Section s = all.get(i);
        out.putInt(names[i]).putInt(s.type).putLong(s.flags).putLong(0).putLong(offsets[i]);
        out.putLong(s.size).putInt(s.link).putInt(s.info).putLong(s.align).putLong(s.entrySize);
      }
      return out.array();
    }

    private ByteBuffer symbols() {
      ByteBuffer out =
          ByteBuffer.allocate((file.symbols.size() + 1) * SYMBOL_BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .position(SYMBOL_BYTES);
      for (Symbol s : file.symbols) {
        out.putInt(s.name.isEmpty() ? 0 : string(s.name));
        out.put((byte) (s.binding << 4 | s.type))
            .put((byte) s.visibility)
            .putShort((short) s.section);
        out.putLong(s.value).putLong(s.size);
      }
      return out;
    }

    /// Adds a text and returns where it starts, in bytes.
    private int string(String text) {
      if (text.indexOf('\0') >= 0 || !text.chars().allMatch(c -> c < 0x80)) {
        throw new IllegalArgumentException("an ELF name must be ASCII: " + text);
      }
      int offset = strings.length();
      strings.append(text).append('\0');
      return offset;
    }

    private static int align(int offset, int align) {
      int step = Math.max(1, align);
      return Math.ceilDiv(offset, step) * step;
    }
  }

  private static final class Parser {

    private final ByteBuffer in;
    private long budget;

    Parser(byte[] bytes) {
      in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      budget = 2L * bytes.length;
    }

    ElfFile parse() {
      if (in.capacity() < HEADER_BYTES || in.getInt(0) != 0x464c457f) {
        throw new MalformedObjectException("not an ELF file");
      }
      if (in.get(4) != 2 || in.get(5) != 1) {
        throw new MalformedObjectException("not a 64-bit little-endian ELF file");
      }
      int machine = Short.toUnsignedInt(in.getShort(18));
      if (machine != EM_BPF || in.getShort(16) != 1) {
        throw new MalformedObjectException(
            "not a relocatable BPF object: machine " + machine + ", type " + in.getShort(16));
      }
      int count = Short.toUnsignedInt(in.getShort(60));
      int namesAt = Short.toUnsignedInt(in.getShort(62));
      if (in.getShort(58) != SECTION_BYTES || namesAt >= count) {
        throw new MalformedObjectException("the ELF header's section table is broken");
      }
      ByteBuffer headers = slice("section table", in.getLong(40), (long) count * SECTION_BYTES);
      ByteBuffer names = contents(headers, namesAt);
      StringSection texts = new StringSection("section names", names);
      List<Section> sections = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        sections.add(section(headers, i, texts));
      }
      return new ElfFile(sections, symbols(sections));
    }

    private Section section(ByteBuffer headers, int i, StringSection texts) {
      int at = i * SECTION_BYTES;
      ByteBuffer bytes = contents(headers, i);
      return new Section(
          texts.at(headers.getInt(at)),
          headers.getInt(at + 4),
          headers.getLong(at + 8),
          headers.getInt(at + 40),
          headers.getInt(at + 44),
          (int) Math.clamp(headers.getLong(at + 48), 0L, Integer.MAX_VALUE),
          (int) Math.clamp(headers.getLong(at + 56), 0L, Integer.MAX_VALUE),
          bytes,
          headers.getLong(at + 32));
    }

    private ByteBuffer contents(ByteBuffer headers, int i) {
      int at = i * SECTION_BYTES;
      int type = headers.getInt(at + 4);
      boolean empty = i == 0 || type == SHT_NOBITS;
      long size = empty ? 0 : headers.getLong(at + 32);
      budget -= size;
      if (budget < 0) {
        throw new MalformedObjectException("ELF sections overlap beyond reason");
      }
      return slice("section " + i, empty ? 0 : headers.getLong(at + 24), size);
    }

    private ByteBuffer slice(String what, long from, long size) {
      if (from < 0 || size < 0 || from > in.capacity() || size > in.capacity() - from) {
        throw new MalformedObjectException("the ELF " + what + " leaves the file");
      }
      return in.slice((int) from, (int) size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static List<Symbol> symbols(List<Section> sections) {
      List<Symbol> symbols = new ArrayList<>();
      for (Section table : sections) {
        if (table.type != SHT_SYMTAB) {
          continue;
        }
        if (table.link < 1 || table.link >= sections.size() || !symbols.isEmpty()) {
          throw new MalformedObjectException("the ELF symbol table is broken");
        }
        ByteBuffer in = table.bytes;
        StringSection texts = new StringSection("symbols", sections.get(table.link).bytes);
        for (int at = SYMBOL_BYTES; at + SYMBOL_BYTES <= in.capacity(); at += SYMBOL_BYTES) {
          int info = Byte.toUnsignedInt(in.get(at + 4));
          symbols.add(
              new Symbol(
                  texts.at(in.getInt(at)),
                  info >> 4,
                  info & 0xf,
                  Short.toUnsignedInt(in.getShort(at + 6)),
                  in.getLong(at + 8),
                  in.getLong(at + 16),
                  in.get(at + 5) & 3));
        }
      }
      return symbols;
    }
  }
}
