package org.bpf4j.sim;

import java.util.Map;
import org.bpf4j.object.Helper;
import org.bpf4j.vm.KernelCall;

/// Helpers that read numbers in text: `__bpf_strtoull` and those around it.
final class TextHelpers {

  /// `BPF_STRTOX_BASE_MASK`.
  private static final long BASE = 0x1f;

  /// The digits that are looked at: the size of a buffer on the kernel's stack, a zero excluded.
  private static final int MAX_DIGITS = 63;

  static final Map<Helper, HelperBody> BODIES =
      Map.of(
          Helper.STRTOL, (_, call) -> signed(call),
          Helper.STRTOUL, (_, call) -> unsigned(call));

  private TextHelpers() {}

  /// What stands at the start of a text.
  ///
  /// @param result the characters read, or a negative error number
  private record Parsed(long result, long magnitude, boolean negative) {
    static Parsed error(int errno) {
      return new Parsed(-errno, 0, false);
    }
  }

  private static long signed(KernelCall call) {
    store(call, 0);
    Parsed parsed = parse(call);
    long value = parsed.negative ? -parsed.magnitude : parsed.magnitude;
    if (parsed.result >= 0 && (parsed.negative ? value > 0 : value < 0)) {
      return -Errno.ERANGE;
    }
    return finish(call, parsed, value);
  }

  private static long unsigned(KernelCall call) {
    store(call, 0);
    Parsed parsed = parse(call);
    return parsed.negative && parsed.result >= 0
        ? -Errno.EINVAL
        : finish(call, parsed, parsed.magnitude);
  }

  private static long finish(KernelCall call, Parsed parsed, long value) {
    if (parsed.result >= 0) {
      store(call, value);
    }
    return parsed.result;
  }

  private static void store(KernelCall call, long value) {
    byte[] bytes = new byte[Long.BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (value >>> (Byte.SIZE * i));
    }
    call.memory().write(call.argument(4), bytes);
  }

  private static Parsed parse(KernelCall call) {
    byte[] text = call.memory().read(call.argument(1), (int) call.argument(2));
    long flags = call.argument(3);
    int base = (int) (flags & BASE);
    if (text.length == 0 || (flags & ~BASE) != 0 || "0 8 10 16 ".indexOf(base + " ") < 0) {
      return Parsed.error(Errno.EINVAL);
    }
    int at = 0;
    while (at < text.length && isSpace(text[at])) {
      at++;
    }
    boolean negative = at < text.length && text[at] == '-';
    at += negative ? 1 : 0;
    return at == text.length
        ? Parsed.error(Errno.EINVAL)
        : digits(text, at, Math.min(text.length, at + MAX_DIGITS), base, negative);
  }

  private static Parsed digits(byte[] text, int start, int end, int base, boolean negative) {
    boolean zero = text[start] == '0';
    boolean prefix = zero && start + 1 < end && (text[start + 1] | 0x20) == 'x';
    boolean hex = prefix && start + 2 < end && Character.digit(text[start + 2], 16) >= 0;
    int radix = base != 0 ? base : hex ? 16 : zero ? 8 : 10;
    int first = radix == 16 && prefix ? start + 2 : start;
    int at = first;
    long value = 0;
    boolean overflow = false;
    for (; at < end && Character.digit(text[at], radix) >= 0; at++) {
      int digit = Character.digit(text[at], radix);
      overflow |= Long.compareUnsigned(value, Long.divideUnsigned(-1L - digit, radix)) > 0;
      value = value * radix + digit;
    }
    if (overflow) {
      return Parsed.error(Errno.ERANGE);
    }
    return at == first ? Parsed.error(Errno.EINVAL) : new Parsed(at, value, negative);
  }

  /// `isspace` of the kernel, which knows the no-break space of Latin 1.
  private static boolean isSpace(byte c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || (c & 0xff) == 0xa0;
  }
}
