package org.bpf4j.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// Network interfaces of the calling thread's network namespace.
///
/// By ioctl and not by `/sys/class/net`, which shows the namespace in which it was mounted.
public final class Interfaces {

  /// `IFNAMSIZ`, terminator included.
  private static final int NAME_BYTES = 16;

  /// `sizeof(struct ifreq)`.
  private static final int REQUEST_BYTES = 40;

  /// `SIOCGIFNAME` and `SIOCGIFINDEX` of `linux/sockios.h`.
  private static final int GET_NAME = 0x8910;

  private static final int GET_INDEX = 0x8933;

  private Interfaces() {}

  /// The index of an interface.
  ///
  /// @return the index, or the negated error number
  public static long index(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0 || bytes.length >= NAME_BYTES || name.indexOf('\0') >= 0) {
      return -Errno.ENODEV.number();
    }
    try (Descriptor socket = Sockets.datagram();
        Arena arena = Arena.ofConfined()) {
      MemorySegment request = arena.allocate(REQUEST_BYTES, 8);
      MemorySegment.copy(MemorySegment.ofArray(bytes), 0, request, 0, bytes.length);
      long result = ioctl(arena, socket, GET_INDEX, request);
      return result < 0 ? result : request.get(JAVA_INT, NAME_BYTES);
    }
  }

  /// The name of an interface, or `""` if there is none of that index.
  public static String name(int index) {
    try (Descriptor socket = Sockets.datagram();
        Arena arena = Arena.ofConfined()) {
      MemorySegment request = arena.allocate(REQUEST_BYTES, 8);
      request.set(JAVA_INT, NAME_BYTES, index);
      return ioctl(arena, socket, GET_NAME, request) < 0 ? "" : request.getString(0);
    }
  }

  private static long ioctl(Arena arena, Descriptor socket, int request, MemorySegment argument) {
    return Native.call(
        Native.newState(arena),
        SystemCall.IOCTL,
        socket.number(),
        request,
        argument.address(),
        0,
        0,
        0);
  }
}
