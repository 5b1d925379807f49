package org.bpf4j.attach;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bpf4j.isa.MalformedObjectException;
import org.tukaani.xz.XZInputStream;

/// Unpacks the symbols that some distributions leave in stripped files (`.gnu_debugdata`): an ELF
/// file, packed by xz.
///
/// The library for that is optional, so nothing but this class has its types.
final class PackedSymbols {

  /// What a dictionary may take, in KiB: that of `xz -6`, which packers use, takes 9.
  private static final int MOST_MEMORY = 1 << 14;

  private static final int CHUNK_BYTES = 1 << 16;

  private PackedSymbols() {}

  /// Whether the library is there.
  static boolean canBeRead() {
    try {
      Class.forName("org.tukaani.xz.XZInputStream", false, PackedSymbols.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException _) {
      return false;
    }
  }

  /// Unpacks them.
  ///
  /// @param most how many bytes they may be
  /// @throws MalformedObjectException if they are more, or broken
  static MemorySegment unpack(MemorySegment packed, long most) {
    byte[] bytes = new byte[Math.toIntExact(Math.min(most, Integer.MAX_VALUE - 8))];
    try (InputStream in = new XZInputStream(new Bytes(packed), MOST_MEMORY)) {
      int filled = 0;
      int read = 0;
      while (read >= 0) {
        if (filled == bytes.length) {
          throw new MalformedObjectException("the packed symbols are more than " + most + " bytes");
        }
        read = in.read(bytes, filled, Math.min(CHUNK_BYTES, bytes.length - filled));
        filled += Math.max(read, 0);
      }
      return MemorySegment.ofArray(bytes).asSlice(0, filled);
    } catch (IOException e) {
      throw new MalformedObjectException("the packed symbols are broken: " + e.getMessage(), e);
    }
  }

  /// Memory as a stream.
  private static final class Bytes extends InputStream {

    private final MemorySegment memory;
    private long at;

    Bytes(MemorySegment memory) {
      this.memory = memory;
    }

    @Override
    public int read() {
      return at < memory.byteSize() ? memory.get(ValueLayout.JAVA_BYTE, at++) & 0xff : -1;
    }

    @Override
    public int read(byte[] to, int from, int count) {
      if (count == 0) {
        return 0;
      }
      int bytes = (int) Math.min(count, memory.byteSize() - at);
      MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, at, to, from, bytes);
      at += bytes;
      return bytes == 0 ? -1 : bytes;
    }
  }
}
