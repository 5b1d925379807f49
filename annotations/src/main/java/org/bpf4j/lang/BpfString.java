package org.bpf4j.lang;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// A string of fixed size: UTF-8 bytes, ended by a zero byte if they are fewer than the size.
///
/// It is a member of a struct, a global or a local variable like an array: initialised with
/// [#ofSize], where the size must be a constant expression, and `final` as a field. The bytes are
/// part of the struct, so a struct is copied with its strings.
public final class BpfString {

  /// `MAX_BPRINTF_BUF`: the room that the kernel has for the texts that a call prints, about.
  private static final int MAX_PRINTED = 512;

  private final byte[] bytes;

  private BpfString(byte[] bytes) {
    this.bytes = bytes;
  }

  /// An empty string with room for that many bytes.
  public static BpfString ofSize(int size) {
    return new BpfString(new byte[size]);
  }

  /// The number of bytes that there is room for.
  public int size() {
    return bytes.length;
  }

  /// The text before the first zero byte; malformed UTF-8 becomes U+FFFD.
  ///
  /// In a program the result has no existence of its own: it can only be switched over, or compared
  /// with `contentEquals` or `startsWith` to a constant.
  public String text() {
    return new String(bytes, 0, length(), StandardCharsets.UTF_8);
  }

  /// Whether there is no text: the first byte is zero.
  public boolean isEmpty() {
    return bytes.length == 0 || bytes[0] == 0;
  }

  /// The first place of a byte in the text, or -1; zero is never in it.
  ///
  /// @param octet the byte, of which the low 8 bits count: a character of ASCII
  public int indexOf(int octet) {
    for (int i = 0; i < length(); i++) {
      if (bytes[i] == (byte) octet) {
        return i;
      }
    }
    return -1;
  }

  /// Whether the text is the same as another string's, whatever their sizes.
  public boolean contentEquals(BpfString other) {
    return Arrays.equals(bytes, 0, length(), other.bytes, 0, other.length());
  }

  /// Whether the text is the same as that one.
  ///
  /// @param text a constant expression, if called in a program
  public boolean contentEquals(String text) {
    byte[] other = text.getBytes(StandardCharsets.UTF_8);
    return Arrays.equals(bytes, 0, length(), other, 0, other.length);
  }

  /// Whether the text begins with that one.
  ///
  /// @param prefix a constant expression, if called in a program
  public boolean startsWith(String prefix) {
    byte[] other = prefix.getBytes(StandardCharsets.UTF_8);
    return other.length <= length()
        && Arrays.equals(bytes, 0, other.length, other, 0, other.length);
  }

  /// The byte at an index below the size, text or not.
  ///
  /// @throws IndexOutOfBoundsException if there is no such index; the program aborts
  public byte byteAt(int index) {
    return bytes[index];
  }

  /// Takes over the text of another string, or as many bytes of it as there is room for; the rest
  /// is set to zero.
  public void copyFrom(BpfString from) {
    set(from.bytes);
  }

  /// Takes over a text, or as many bytes of it as there is room for; the rest is set to zero.
  ///
  /// @param text a constant expression, if called in a program
  public void copyFrom(String text) {
    set(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Writes a text, or as many bytes of it as there is room for; the rest is set to zero, and the
  /// last byte always is.
  ///
  /// @param format a constant expression with Java's `%d %x %s %c`
  /// @param args up to twelve numbers, characters, [KernelString]s and [BpfString]s, this one
  ///   perhaps
  /// @return the bytes that the whole text takes with the zero behind it: more than the size if it
  ///   was cut off
  public int format(String format, Object... args) {
    Object[] shown = args.clone();
    for (int i = 0; i < shown.length; i++) {
      if (shown[i] instanceof KernelString text) {
        shown[i] = copyOf(text);
      }
      if (shown[i] instanceof BpfString text) {
        shown[i] = new String(text.bytes, 0, text.length(), StandardCharsets.ISO_8859_1);
      }
    }
    byte[] text = String.format(Locale.ROOT, format, shown).getBytes(StandardCharsets.ISO_8859_1);
    set(Arrays.copyOf(text, Math.min(text.length, bytes.length - 1)));
    return text.length + 1;
  }

  /// A copy of a string of the kernel with room for what the kernel prints of one at most.
  private static BpfString copyOf(KernelString text) {
    BpfString copy = ofSize(MAX_PRINTED);
    text.copyTo(copy);
    return copy;
  }

  /// Sets every byte to zero.
  public void clear() {
    Arrays.fill(bytes, (byte) 0);
  }

  /// Sets the bytes, cut to the size, and the rest to zero; for user space.
  public void set(byte[] from) {
    byte[] source = from.clone();
    clear();
    System.arraycopy(source, 0, bytes, 0, Math.min(source.length, bytes.length));
  }

  /// A copy of all bytes; for user space.
  public byte[] bytes() {
    return bytes.clone();
  }

  /// The [#text].
  @Override
  public String toString() {
    return text();
  }

  /// The number of bytes before the first zero byte.
  public int length() {
    int length = 0;
    while (length < bytes.length && bytes[length] != 0) {
      length++;
    }
    return length;
  }
}
