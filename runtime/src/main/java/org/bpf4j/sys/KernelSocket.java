package org.bpf4j.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Options of sockets that others opened.
public final class KernelSocket {

  /// `SOL_SOCKET` and `SO_COOKIE` of `asm-generic/socket.h`.
  private static final int SOCKET_LEVEL = 1;

  private static final int COOKIE = 57;

  private KernelSocket() {}

  /// Sets an option of the socket level to a number.
  ///
  /// @return 0, or the negated error number
  public static long set(int socket, int option, int value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(JAVA_INT, value);
      return Native.call(SystemCall.SETSOCKOPT, socket, SOCKET_LEVEL, option, text.address(), 4, 0);
    }
  }

  /// A number that no other socket of this boot has, or the negated error number.
  public static long cookie(int socket) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment cookie = arena.allocate(JAVA_LONG);
      MemorySegment length = arena.allocateFrom(JAVA_INT, Long.BYTES);
      long result =
          Native.call(
              SystemCall.GETSOCKOPT,
              socket,
              SOCKET_LEVEL,
              COOKIE,
              cookie.address(),
              length.address(),
              0);
      return result < 0 ? result : cookie.get(JAVA_LONG, 0);
    }
  }
}
