package org.bpf4j.attach;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.bpf4j.isa.MalformedObjectException;
import org.jspecify.annotations.Nullable;

/// The contents of an executable or library, a 64-bit ELF file: its sections, and what of it is
/// loaded where.
///
/// Whatever lies outside the file is an [IndexOutOfBoundsException], which [Executable] explains.
/// What reading takes is bounded by the file's size, whoever wrote it.
final class Image {

  static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /// `\x7fELF`, 64 bits, little-endian.
  private static final byte[] MAGIC = {0x7f, 'E', 'L', 'F', 2, 1};

  /// `PT_LOAD`, and `SHT_NOBITS`: a section without bytes in the file.
  private static final int LOAD = 1;

  private static final int NO_BITS = 8;
  private static final int SECTION_BYTES = 64;
  private static final int SEGMENT_BYTES = 56;

  /// How many parts of the file are loaded, at the most; linkers make four or five.
  private static final int MOST_SEGMENTS = 256;

  /// How often the file's size its texts may have together: each stands in the file once or twice,
  /// but broken tables may name one again and again.
  private static final long MOST_TEXTS = 4;

  /// What a text costs besides its characters.
  private static final int TEXT_BYTES = 64;

  private final MemorySegment file;
  private final List<Segment> segments;
  private long budget;
  private @Nullable List<Section> sections;

  /// A part of the file that is loaded.
  private record Segment(long address, long at, long bytes) {}

  /// A section.
  ///
  /// @param type `SHT_*`
  /// @param address where it is loaded
  /// @param link the number of another section
  /// @param contents its bytes
  record Section(String name, int type, long address, int link, MemorySegment contents) {}

  private Image(MemorySegment file) {
    this.file = file;
    this.segments = segments(file);
    this.budget = MOST_TEXTS * file.byteSize();
  }

  /// Understands a file.
  ///
  /// @throws MalformedObjectException if it is no 64-bit ELF file
  static Image of(MemorySegment file) {
    if (file.byteSize() < SECTION_BYTES
        || !Arrays.equals(file.asSlice(0, MAGIC.length).toArray(ValueLayout.JAVA_BYTE), MAGIC)) {
      throw new MalformedObjectException("no 64-bit ELF file");
    }
    return new Image(file);
  }

  /// The whole file.
  MemorySegment file() {
    return file;
  }

  /// The file's size.
  long bytes() {
    return file.byteSize();
  }

  /// All sections, in order.
  List<Section> sections() {
    List<Section> read = sections;
    if (read == null) {
      read = readSections();
      sections = read;
    }
    return read;
  }

  private List<Section> readSections() {
    int count = Short.toUnsignedInt(file.get(SHORT, 60));
    if (count == 0) {
      return List.of();
    }
    MemorySegment names = contents(header(Short.toUnsignedInt(file.get(SHORT, 62))));
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      MemorySegment header = header(i);
      sections.add(
          new Section(
              text(names, Integer.toUnsignedLong(header.get(INT, 0))),
              header.get(INT, 4),
              header.get(LONG, 16),
              header.get(INT, 40),
              contents(header)));
    }
    return sections;
  }

  /// A text that ends with a NUL.
  ///
  /// @throws MalformedObjectException if texts are named again and again
  String text(MemorySegment strings, long at) {
    String text = strings.getString(at);
    budget -= TEXT_BYTES + text.length();
    if (budget < 0) {
      throw new MalformedObjectException("its names overlap beyond reason");
    }
    return text;
  }

  private MemorySegment header(int index) {
    return file.asSlice(file.get(LONG, 40) + (long) index * SECTION_BYTES, SECTION_BYTES);
  }

  private MemorySegment contents(MemorySegment header) {
    return header.get(INT, 4) == NO_BITS
        ? MemorySegment.NULL
        : file.asSlice(header.get(LONG, 24), header.get(LONG, 32));
  }

  private static List<Segment> segments(MemorySegment file) {
    long table = file.get(LONG, 32);
    int count = Short.toUnsignedInt(file.get(SHORT, 56));
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      MemorySegment header = file.asSlice(table + (long) i * SEGMENT_BYTES, SEGMENT_BYTES);
      if (header.get(INT, 0) == LOAD) {
        segments.add(new Segment(header.get(LONG, 16), header.get(LONG, 8), header.get(LONG, 32)));
      }
      if (segments.size() > MOST_SEGMENTS) {
        throw new MalformedObjectException("more than " + MOST_SEGMENTS + " parts are loaded");
      }
    }
    return List.copyOf(segments);
  }

  /// The place in the file of an address; nothing if it is not loaded from the file.
  OptionalLong place(long address) {
    for (Segment segment : segments) {
      long distance = address - segment.address();
      if (distance >= 0 && distance < segment.bytes()) {
        return OptionalLong.of(distance + segment.at());
      }
    }
    return OptionalLong.empty();
  }
}
