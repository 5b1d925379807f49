package org.bpf4j.object;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.bpf4j.btf.BtfReader;
import org.bpf4j.isa.MalformedObjectException;

/// The `.BTF.ext` section: what BTF says about places in code sections.
///
/// Positions are bytes from the start of their ELF section; texts are in the string section of
/// `.BTF`.
///
/// @param functions the `FUNC` type of each function
/// @param lines the source line from each position on
/// @param relocations the CO-RE relocations
record BtfExt(List<At<FunctionType>> functions, List<At<Line>> lines, List<At<Core>> relocations) {

  private static final int HEADER_BYTES = 32;

  /// The header of kernels before CO-RE.
  private static final int OLD_HEADER_BYTES = 24;

  private static final int MAGIC = 0xeb9f;

  /// A record about a place.
  record At<T>(String section, int offset, T what) {}

  /// `struct bpf_func_info`.
  record FunctionType(int type) {}

  /// `struct bpf_line_info`.
  record Line(String file, String text, int line, int column) {}

  /// `struct bpf_core_relo`.
  record Core(int type, String path, CoreRelocation.Kind kind) {}

  BtfExt {
    functions = List.copyOf(functions);
    lines = List.copyOf(lines);
    relocations = List.copyOf(relocations);
  }

  /// The section's bytes; texts are added to the string section of `.BTF`.
  ///
  /// @param string adds a text and gives its offset
  byte[] toBytes(ToIntFunction<String> string) {
    byte[] first = part(functions, string, f -> new int[] {f.type()});
    byte[] second =
        part(
            lines,
            string,
            l ->
                new int[] {
                  string.applyAsInt(l.file()),
                  string.applyAsInt(l.text()),
                  l.line() << 10 | l.column()
                });
    byte[] third =
        part(
            relocations,
            string,
            r -> new int[] {r.type(), string.applyAsInt(r.path()), r.kind().ordinal()});
    ByteBuffer out =
        ByteBuffer.allocate(HEADER_BYTES + first.length + second.length + third.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    out.putShort((short) MAGIC).put((byte) 1).put((byte) 0).putInt(HEADER_BYTES);
    out.putInt(0).putInt(first.length);
    out.putInt(first.length).putInt(second.length);
    out.putInt(first.length + second.length).putInt(third.length);
    return out.put(first).put(second).put(third).array();
  }

  /// One part: the record size, then for each code section its name, count and records.
  private static <T> byte[] part(
      List<At<T>> records, ToIntFunction<String> string, Function<T, int[]> of) {
    if (records.isEmpty()) {
      return new byte[0];
    }
    List<Integer> words = new ArrayList<>();
    String section = "";
    int countAt = 0;
    for (At<T> at : records) {
      int[] fields = of.apply(at.what());
      if (words.isEmpty()) {
        words.add(Integer.BYTES * (1 + fields.length));
      }
      if (!at.section().equals(section)) {
        section = at.section();
        words.add(string.applyAsInt(section));
        countAt = words.size();
        words.add(0);
      }
      words.set(countAt, words.get(countAt) + 1);
      words.add(at.offset());
      for (int field : fields) {
        words.add(field);
      }
    }
    ByteBuffer out =
        ByteBuffer.allocate(words.size() * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    words.forEach(out::putInt);
    return out.array();
  }

  /// Reads the section.
  ///
  /// @param strings the `.BTF` section that has the texts
  /// @throws MalformedObjectException if the section is broken
  static BtfExt parse(ByteBuffer in, BtfReader strings) {
    if (in.capacity() < OLD_HEADER_BYTES || Short.toUnsignedInt(in.getShort(0)) != MAGIC) {
      throw new MalformedObjectException(".BTF.ext has no header");
    }
    int header = in.getInt(4);
    if (in.get(2) != 1 || header < OLD_HEADER_BYTES || header > in.capacity()) {
      throw new MalformedObjectException(".BTF.ext has an unknown header");
    }
    Parser parser = new Parser(in, header, strings);
    return new BtfExt(
        parser.part(8, 8, at -> new FunctionType(in.getInt(at + 4))),
        parser.part(16, 16, parser::line),
        header < HEADER_BYTES ? List.of() : parser.part(24, 16, parser::core));
  }

  private record Parser(ByteBuffer in, int header, BtfReader strings) {

    /// Reads one part whose place is at `at` in the header and whose records have at least `least`
    /// bytes.
    <T> List<At<T>> part(int at, int least, IntFunction<T> read) {
      long from = header + Integer.toUnsignedLong(in.getInt(at));
      long end = from + Integer.toUnsignedLong(in.getInt(at + 4));
      if (end > in.capacity()) {
        throw new MalformedObjectException("a part of .BTF.ext leaves the section");
      }
      List<At<T>> records = new ArrayList<>();
      if (end == from) {
        return records;
      }
      int size = word(from, end);
      if (size < least || size % Integer.BYTES != 0) {
        throw new MalformedObjectException(".BTF.ext has records of " + size + " bytes");
      }
      long position = from + Integer.BYTES;
      while (position < end) {
        String section = strings.string(word(position, end));
        long count = Integer.toUnsignedLong(word(position + 4, end));
        position += 8;
        if (count * size > end - position) {
          throw new MalformedObjectException(".BTF.ext is cut off");
        }
        for (long i = 0; i < count; i++) {
          int offset = in.getInt((int) position);
          records.add(new At<>(section, offset, read.apply((int) position)));
          position += size;
        }
      }
      return records;
    }

    Line line(int at) {
      int place = in.getInt(at + 12);
      return new Line(
          strings.string(in.getInt(at + 4)),
          strings.string(in.getInt(at + 8)),
          place >>> 10,
          place & 0x3ff);
    }

    Core core(int at) {
      int kind = in.getInt(at + 12);
      if (kind < 0 || kind >= CoreRelocation.Kind.values().length) {
        throw new MalformedObjectException("unknown kind of CO-RE relocation " + kind);
      }
      return new Core(
          in.getInt(at + 4), strings.string(in.getInt(at + 8)), CoreRelocation.Kind.values()[kind]);
    }

    private int word(long at, long end) {
      if (at + Integer.BYTES > end) {
        throw new MalformedObjectException(".BTF.ext is cut off");
      }
      return in.getInt((int) at);
    }
  }
}
