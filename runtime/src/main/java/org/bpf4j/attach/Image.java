package org.bpf4j.attach;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.bpf4j.isa.MalformedObjectException;

/// The contents of an executable or library, a 64-bit ELF file: its sections, and what of it is
/// loaded where.
///
/// Whatever lies outside the file is an [IndexOutOfBoundsException], which [Executable] explains.
///
/// @param file the whole file
record Image(MemorySegment file) {

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

  /// A section.
  ///
  /// @param type `SHT_*`
  /// @param address where it is loaded
  /// @param link the number of another section
  /// @param contents its bytes
  record Section(String name, int type, long address, int link, MemorySegment contents) {}

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

  /// All sections, in order.
  List<Section> sections() {
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
              names.getString(Integer.toUnsignedLong(header.get(INT, 0))),
              header.get(INT, 4),
              header.get(LONG, 16),
              header.get(INT, 40),
              contents(header)));
    }
    return sections;
  }

  private MemorySegment header(int index) {
    return file.asSlice(file.get(LONG, 40) + (long) index * SECTION_BYTES, SECTION_BYTES);
  }

  private MemorySegment contents(MemorySegment header) {
    return header.get(INT, 4) == NO_BITS
        ? MemorySegment.NULL
        : file.asSlice(header.get(LONG, 24), header.get(LONG, 32));
  }

  /// The place in the file of an address; nothing if it is not loaded from the file.
  OptionalLong place(long address) {
    long segments = file.get(LONG, 32);
    int count = Short.toUnsignedInt(file.get(SHORT, 56));
    return LongStream.range(0, count)
        .mapToObj(i -> file.asSlice(segments + i * SEGMENT_BYTES, SEGMENT_BYTES))
        .filter(segment -> segment.get(INT, 0) == LOAD)
        .filter(
            segment ->
                address - segment.get(LONG, 16) >= 0
                    && address - segment.get(LONG, 16) < segment.get(LONG, 32))
        .mapToLong(segment -> address - segment.get(LONG, 16) + segment.get(LONG, 8))
        .findFirst();
  }
}
