package org.bpf4j.lang.host;

import java.lang.annotation.Annotation;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.AnnotatedElement;
import org.bpf4j.lang.Be16;
import org.bpf4j.lang.Be24;
import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Be48;
import org.bpf4j.lang.Be64;
import org.bpf4j.lang.S16;
import org.bpf4j.lang.S32;
import org.bpf4j.lang.S8;
import org.bpf4j.lang.U16;
import org.bpf4j.lang.U32;
import org.bpf4j.lang.U64;
import org.bpf4j.lang.U8;

/// How a number lies in memory: the storage annotations, by name.
///
/// A number is its 64 bits, extended from its Java type. Reading extends by sign or by zero;
/// writing checks that a wider Java type's number fits.
public enum Storage {
  U8(1, false, false, U8.class),
  S8(1, true, false, S8.class),
  U16(2, false, false, U16.class),
  S16(2, true, false, S16.class),
  U32(4, false, false, U32.class),
  S32(4, true, false, S32.class),
  U64(8, false, false, U64.class),
  BE16(2, false, true, Be16.class),
  BE24(3, false, true, Be24.class),
  BE32(4, false, true, Be32.class),
  BE48(6, false, true, Be48.class),
  BE64(8, false, true, Be64.class);

  private final int bytes;
  private final boolean signed;
  private final boolean bigEndian;
  private final Class<? extends Annotation> annotation;

  Storage(int bytes, boolean signed, boolean bigEndian, Class<? extends Annotation> annotation) {
    this.bytes = bytes;
    this.signed = signed;
    this.bigEndian = bigEndian;
    this.annotation = annotation;
  }

  /// The storage of a member: what its annotation says, or the primitive's own.
  ///
  /// @param member the field, component or accessor
  /// @param type its type: a primitive or an enum
  public static Storage of(AnnotatedElement member, Class<?> type) {
    for (Storage storage : values()) {
      if (member.isAnnotationPresent(storage.annotation)) {
        return storage;
      }
    }
    return of(type);
  }

  /// The storage of a primitive, its box or an enum without annotation.
  ///
  /// @throws IllegalArgumentException if it is another type
  public static Storage of(Class<?> type) {
    if (type == boolean.class || type == Boolean.class) {
      return U8;
    } else if (type == byte.class || type == Byte.class) {
      return S8;
    } else if (type == short.class || type == Short.class) {
      return S16;
    } else if (type == char.class || type == Character.class) {
      return U16;
    } else if (type == int.class || type == Integer.class || type.isEnum()) {
      return S32;
    } else if (type == long.class || type == Long.class) {
      return U64;
    }
    throw new IllegalArgumentException(type.getName() + " is not a number");
  }

  /// The bytes it takes.
  public int bytes() {
    return bytes;
  }

  /// Reads a number.
  ///
  /// @return it, extended to 64 bits
  public long read(MemorySegment memory, long offset) {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      long octet = memory.get(ValueLayout.JAVA_BYTE, offset + i) & 0xff;
      number |= octet << shift(i);
    }
    int unused = Long.SIZE - 8 * bytes;
    return signed ? number << unused >> unused : number;
  }

  /// Writes a number.
  ///
  /// @param number extended to 64 bits from its Java type
  /// @param width the bits of its Java type
  /// @throws ArithmeticException if the Java type is wider and the number does not fit
  public void write(MemorySegment memory, long offset, long number, int width) {
    if (width > 8 * bytes && !fits(number)) {
      throw new ArithmeticException(number + " does not fit " + this);
    }
    for (int i = 0; i < bytes; i++) {
      byte octet = (byte) (number >>> shift(i));
      memory.set(ValueLayout.JAVA_BYTE, offset + i, octet);
    }
  }

  private int shift(int index) {
    return 8 * (bigEndian ? bytes - 1 - index : index);
  }

  private boolean fits(long number) {
    int unused = Long.SIZE - 8 * bytes;
    return number == (signed ? number << unused >> unused : number << unused >>> unused);
  }
}
