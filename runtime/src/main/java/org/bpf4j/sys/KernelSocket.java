package org.bpf4j.sys;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.util.Optional;

/// Options and addresses of sockets that others opened.
public final class KernelSocket {

  /// `SOL_SOCKET` and `SO_COOKIE` of `asm-generic/socket.h`.
  private static final int SOCKET_LEVEL = 1;

  private static final int COOKIE = 57;

  /// `AF_INET` and `AF_INET6`, and the size of the greatest address, `struct sockaddr_storage`.
  private static final short IPV4 = 2;

  private static final short IPV6 = 10;
  private static final int ADDRESS_BYTES = 128;

  private static final ValueLayout.OfShort NETWORK_SHORT =
      ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

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

  /// An option of the socket level that is a number.
  ///
  /// @return the number, or a negated error number
  static long get(int socket, int option) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(JAVA_INT);
      MemorySegment length = arena.allocateFrom(JAVA_INT, Integer.BYTES);
      long result =
          Native.call(
              SystemCall.GETSOCKOPT,
              socket,
              SOCKET_LEVEL,
              option,
              value.address(),
              length.address(),
              0);
      return result < 0 ? result : value.get(JAVA_INT, 0);
    }
  }

  /// The address of IPv4 or IPv6 that a socket is bound to, if it is.
  static Optional<InetSocketAddress> localAddress(int socket) {
    return address(SystemCall.GETSOCKNAME, socket);
  }

  /// The address of IPv4 or IPv6 that a socket is connected to, if it is.
  static Optional<InetSocketAddress> remoteAddress(int socket) {
    return address(SystemCall.GETPEERNAME, socket);
  }

  /// `struct sockaddr_in` has the address at 4, `struct sockaddr_in6` at 8.
  private static Optional<InetSocketAddress> address(SystemCall call, int socket) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(ADDRESS_BYTES, Long.BYTES);
      MemorySegment length = arena.allocateFrom(JAVA_INT, ADDRESS_BYTES);
      if (Native.call(call, socket, address.address(), length.address(), 0, 0, 0) < 0) {
        return Optional.empty();
      }
      return switch (address.get(JAVA_SHORT, 0)) {
        case IPV4 -> Optional.of(address(address, 4, 4));
        case IPV6 -> Optional.of(address(address, 8, 16));
        default -> Optional.empty();
      };
    }
  }

  private static InetSocketAddress address(MemorySegment address, int from, int bytes) {
    int port = Short.toUnsignedInt(address.get(NETWORK_SHORT, 2));
    byte[] host = address.asSlice(from, bytes).toArray(JAVA_BYTE);
    try {
      return new InetSocketAddress(InetAddress.getByAddress(host), port);
    } catch (UnknownHostException e) {
      throw new AssertionError("an address of " + bytes + " bytes", e);
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
