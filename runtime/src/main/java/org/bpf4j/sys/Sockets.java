package org.bpf4j.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The sockets that configure network interfaces; both belong to the calling thread's namespace.
final class Sockets {

  /// `AF_INET`, `AF_NETLINK`, `SOCK_DGRAM`, `SOCK_RAW`, `SOCK_CLOEXEC` of the kernel's headers.
  private static final int INET = 2;

  private static final int NETLINK = 16;
  private static final int DATAGRAM = 2;
  private static final int RAW = 3;
  private static final int CLOSE_ON_EXEC = 0x80000;

  private Sockets() {}

  /// A socket for ioctls on interfaces.
  static Descriptor datagram() {
    return open(INET, DATAGRAM);
  }

  /// A `NETLINK_ROUTE` socket; the kernel gives it an address at the first message.
  static Descriptor route() {
    return open(NETLINK, RAW);
  }

  private static Descriptor open(int family, int type) {
    return new Descriptor(
        Failure.check(
            Native.call(SystemCall.SOCKET, family, type | CLOSE_ON_EXEC, 0, 0, 0, 0),
            "socket of family " + family));
  }

  /// Sends bytes and receives one datagram, of which it returns the bytes.
  ///
  /// @return the answer; empty if the kernel sent none
  static byte[] exchange(Descriptor socket, byte[] message, int answerBytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Native.newState(arena);
      MemorySegment out = arena.allocateFrom(ValueLayout.JAVA_BYTE, message);
      MemorySegment in = arena.allocate(answerBytes);
      Failure.check(
          Native.call(
              state, SystemCall.SENDTO, socket.number(), out.address(), message.length, 0, 0, 0),
          "sendto");
      long received =
          Failure.check(
              Native.call(
                  state, SystemCall.RECVFROM, socket.number(), in.address(), answerBytes, 0, 0, 0),
              "recvfrom");
      return in.asSlice(0, received).toArray(ValueLayout.JAVA_BYTE);
    }
  }
}
