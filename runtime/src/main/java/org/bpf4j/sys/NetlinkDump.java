package org.bpf4j.sys;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Lists what netlink has: an answer of many messages, the last of which says that it is the last.
///
/// Numbers are those of `linux/netlink.h` and `linux/rtnetlink.h`.
public final class NetlinkDump {

  private static final short GET_ROUTE = 26;
  private static final short GET_FILTER = 46;

  /// `NLM_F_REQUEST | NLM_F_DUMP`.
  private static final short DUMP = 1 | 0x300;

  private static final short ERROR = 2;
  private static final short DONE = 3;
  private static final int HEADER_BYTES = 16;

  /// More than the kernel puts into one answer of a dump.
  private static final int ANSWER_BYTES = 1 << 16;

  private NetlinkDump() {}

  /// The routes of all tables, each as `struct rtmsg` and its attributes.
  public static List<ByteBuffer> routes(Descriptor socket) {
    return dump(socket, request(GET_ROUTE, new byte[12]));
  }

  /// The filters of an interface, each as `struct tcmsg` and its attributes; none if it has no such
  /// discipline.
  public static List<ByteBuffer> filters(Descriptor socket, int index, boolean ingress) {
    ByteBuffer body = ByteBuffer.allocate(20).order(ByteOrder.nativeOrder());
    body.putInt(4, index).putInt(12, ingress ? Netlink.INGRESS : Netlink.EGRESS);
    return dump(socket, request(GET_FILTER, body.array()));
  }

  private static byte[] request(short type, byte[] body) {
    int bytes = HEADER_BYTES + body.length;
    return ByteBuffer.allocate(bytes)
        .order(ByteOrder.nativeOrder())
        .putInt(bytes)
        .putShort(type)
        .putShort(DUMP)
        .putInt(1)
        .putInt(0)
        .put(body)
        .array();
  }

  private static List<ByteBuffer> dump(Descriptor socket, byte[] request) {
    List<ByteBuffer> messages = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocateFrom(JAVA_BYTE, request);
      MemorySegment in = arena.allocate(ANSWER_BYTES);
      Failure.check(
          Native.call(SystemCall.SENDTO, socket.number(), out.address(), request.length, 0, 0, 0),
          "sendto");
      boolean more = true;
      while (more) {
        long received =
            Failure.check(
                Native.call(
                    SystemCall.RECVFROM, socket.number(), in.address(), ANSWER_BYTES, 0, 0, 0),
                "recvfrom");
        byte[] answer = in.asSlice(0, received).toArray(JAVA_BYTE);
        more =
            received > 0 && split(ByteBuffer.wrap(answer).order(ByteOrder.nativeOrder()), messages);
      }
    }
    return messages;
  }

  /// Takes the messages of an answer apart.
  ///
  /// @return whether another answer follows
  private static boolean split(ByteBuffer answer, List<ByteBuffer> messages) {
    int at = 0;
    while (at + HEADER_BYTES <= answer.limit()) {
      int bytes = answer.getInt(at);
      short type = answer.getShort(at + 4);
      if (type == DONE || type == ERROR || bytes < HEADER_BYTES) {
        return false;
      }
      ByteBuffer body = answer.slice(at + HEADER_BYTES, bytes - HEADER_BYTES);
      messages.add(body.order(ByteOrder.nativeOrder()));
      at += (bytes + 3) & ~3;
    }
    return true;
  }
}
