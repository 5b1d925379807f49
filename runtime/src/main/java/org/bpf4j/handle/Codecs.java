package org.bpf4j.handle;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/// The codecs of Java's own types.
///
/// Numbers are in the machine's byte order, as programs see them. A boolean is a byte, and any byte
/// but 0 is true.
public final class Codecs {

  /// A `byte`.
  public static final Codec<Byte> BYTE =
      codec(1, (value, to, at) -> Storage.putByte(to, at, value), Storage::getByte);

  /// A `short`.
  public static final Codec<Short> SHORT =
      codec(2, (value, to, at) -> Storage.putShort(to, at, value), Storage::getShort);

  /// A `char`.
  public static final Codec<Character> CHAR =
      codec(2, (value, to, at) -> Storage.putChar(to, at, value), Storage::getChar);

  /// An `int`, or an `AtomicInteger` of a program.
  public static final Codec<Integer> INT =
      codec(4, (value, to, at) -> Storage.putInt(to, at, value), Storage::getInt);

  /// A `long`, or an `AtomicLong` of a program.
  public static final Codec<Long> LONG =
      codec(8, (value, to, at) -> Storage.putLong(to, at, value), Storage::getLong);

  /// A `boolean`.
  public static final Codec<Boolean> BOOLEAN =
      codec(1, (value, to, at) -> Storage.putBoolean(to, at, value), Storage::getBoolean);

  private Codecs() {}

  /// An enum by its numbers, in four bytes.
  ///
  /// @param constants every constant
  /// @param number the number that stands for a constant; no two may share one
  public static <E extends Enum<E>> Codec<E> ofEnum(E[] constants, ToIntFunction<E> number) {
    Map<Integer, E> byNumber = new HashMap<>();
    for (E constant : constants) {
      E other = byNumber.put(number.applyAsInt(constant), constant);
      if (other != null) {
        throw new IllegalArgumentException(other + " and " + constant + " have the same number");
      }
    }
    return codec(
        4,
        (value, to, at) -> Storage.putInt(to, at, number.applyAsInt(value)),
        (from, at) -> {
          E constant = byNumber.get(Storage.getInt(from, at));
          if (constant == null) {
            throw new IllegalStateException(
                "no "
                    + constants.getClass().componentType().getSimpleName()
                    + " has the number "
                    + Storage.getInt(from, at));
          }
          return constant;
        });
  }

  /// A codec of two functions.
  public static <T> Codec<T> codec(int bytes, Encoder<T> encoder, Decoder<T> decoder) {
    return new Codec<>() {
      @Override
      public int bytes() {
        return bytes;
      }

      @Override
      public void encode(T value, MemorySegment to, long offset) {
        encoder.encode(value, to, offset);
      }

      @Override
      public T decode(MemorySegment from, long offset) {
        return decoder.decode(from, offset);
      }
    };
  }

  /// Writes a value, every byte of it.
  @FunctionalInterface
  public interface Encoder<T> {

    /// Writes a value at an offset.
    void encode(T value, MemorySegment to, long offset);
  }

  /// Reads a value.
  @FunctionalInterface
  public interface Decoder<T> {

    /// Reads a value from an offset.
    T decode(MemorySegment from, long offset);
  }
}
