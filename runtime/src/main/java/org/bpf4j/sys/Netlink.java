package org.bpf4j.sys;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// What takes programs by netlink: traffic control of kernels without tcx, by the `clsact` queueing
/// discipline and `bpf` filters in it, and routes.
///
/// Numbers are those of `linux/lwtunnel.h`, `linux/rtnetlink.h`, `linux/pkt_sched.h` and
/// `linux/pkt_cls.h`.
public final class Netlink {

  /// `LWTUNNEL_ENCAP_BPF` and `LWTUNNEL_ENCAP_SEG6_LOCAL` of `linux/lwtunnel.h`, and
  /// `SEG6_LOCAL_ACTION_END_BPF` of `linux/seg6_local.h`.
  private static final int ENCAP_BPF = 6;

  private static final int ENCAP_SEGMENT = 7;
  private static final int END_BPF = 15;

  /// `TC_H_CLSACT` and its two hooks, as parents of filters.
  private static final int CLSACT = 0xfffffff1;

  static final int INGRESS = 0xfffffff2;
  static final int EGRESS = 0xfffffff3;

  /// `TC_H_MAKE(TC_H_CLSACT, 0)`: the discipline's own handle.
  private static final int CLSACT_HANDLE = 0xffff0000;

  private static final short NEW_ROUTE = 24;
  private static final short DELETE_ROUTE = 25;
  private static final short NEW_DISCIPLINE = 36;
  private static final short NEW_FILTER = 44;
  private static final short DELETE_FILTER = 45;

  /// `NLM_F_REQUEST | NLM_F_ACK`, `NLM_F_CREATE | NLM_F_EXCL`, and `NLM_F_REPLACE`.
  private static final short REQUEST = 1 | 4;

  private static final short CREATE = 0x400 | 0x200;
  private static final short REPLACE = 0x100;

  /// Our filters' priority, with `ETH_P_ALL` in network order in the lower half.
  private static final int PRIORITY_AND_PROTOCOL = 49_152 << 16 | 0x0300;

  /// `TCA_BPF_FLAG_ACT_DIRECT`: the program's result is the verdict.
  private static final int DIRECT_ACTION = 1;

  /// `sizeof(struct nlmsghdr)`; an acknowledgement has an error number behind it.
  private static final int HEADER_BYTES = 16;

  private static final int ACKNOWLEDGEMENT_BYTES = HEADER_BYTES + 4;

  /// Room for a message: the longest text in it is a program's name.
  private static final int MESSAGE_BYTES = 4096;

  private final ByteBuffer message =
      ByteBuffer.allocate(MESSAGE_BYTES).order(ByteOrder.nativeOrder());

  /// Where the attribute with attributes in it begins.
  private int nested;

  /// Begins a message: `struct nlmsghdr` and `struct tcmsg`.
  private Netlink(short type, short flags, int index, int handle, int parent, int info) {
    message.putInt(0).putShort(type).putShort((short) (REQUEST | flags)).putInt(1).putInt(0);
    message.putInt(0).putInt(index).putInt(handle).putInt(parent).putInt(info);
  }

  /// Begins a message about a route of the main table: `struct nlmsghdr` and `struct rtmsg`, of
  /// protocol `RTPROT_STATIC`, scope `RT_SCOPE_LINK` and type `RTN_UNICAST`.
  private Netlink(short type, short flags, byte[] network, int bits) {
    message.putInt(0).putShort(type).putShort((short) (REQUEST | flags)).putInt(1).putInt(0);
    message.put((byte) (network.length == 4 ? 2 : 10)).put((byte) bits).putShort((short) 0);
    message.put((byte) 254).put((byte) 4).put((byte) 253).put((byte) 1).putInt(0);
  }

  /// Opens a socket, which speaks of the calling thread's network namespace, whoever uses it later.
  public static Descriptor open() {
    return Sockets.route();
  }

  /// Makes sure that an interface has the `clsact` discipline.
  ///
  /// @return 0, or the negated error number
  public static long addClsact(Descriptor socket, int index) {
    long result =
        new Netlink(NEW_DISCIPLINE, CREATE, index, CLSACT_HANDLE, CLSACT, 0)
            .text(1, "clsact")
            .send(socket);
    return Errno.EEXIST.is(result) ? 0 : result;
  }

  /// Adds a program.
  ///
  /// @param handle the filter's number among those of our priority; not 0
  /// @param tag who owns it, for those who list filters
  /// @return 0, or the negated error number
  public static long addFilter(
      Descriptor socket, int index, boolean ingress, int handle, Descriptor program, String tag) {
    return putFilter(socket, CREATE, index, ingress, handle, program, tag);
  }

  /// Puts a program in the place of another one: each packet is seen by the one or the other.
  ///
  /// @return 0, or the negated error number: `ENOENT` if there is none of that number
  public static long replaceFilter(
      Descriptor socket, int index, boolean ingress, int handle, Descriptor program, String tag) {
    return putFilter(socket, REPLACE, index, ingress, handle, program, tag);
  }

  private static long putFilter(
      Descriptor socket,
      short flags,
      int index,
      boolean ingress,
      int handle,
      Descriptor program,
      String tag) {
    return new Netlink(
            NEW_FILTER, flags, index, handle, ingress ? INGRESS : EGRESS, PRIORITY_AND_PROTOCOL)
        .text(1, "bpf")
        .begin(2)
        .number(6, program.number())
        .text(7, tag)
        .number(8, DIRECT_ACTION)
        .end()
        .send(socket);
  }

  /// Removes a program.
  ///
  /// @return 0, or the negated error number
  public static long removeFilter(Descriptor socket, int index, boolean ingress, int handle) {
    return new Netlink(
            DELETE_FILTER,
            (short) 0,
            index,
            handle,
            ingress ? INGRESS : EGRESS,
            PRIORITY_AND_PROTOCOL)
        .text(1, "bpf")
        .send(socket);
  }

  /// A route of the main table.
  ///
  /// @param network the address of the network, of 4 or 16 bytes
  /// @param bits the length of its prefix
  /// @param index the interface by which packets leave
  @SuppressWarnings("ArrayRecordComponent") // the bytes of one message, which nobody compares
  public record Route(byte[] network, int bits, int index) {}

  /// Adds a route whose packets a program sees, or puts it in the place of one that is there.
  ///
  /// @param point where the program runs: `LWT_BPF_IN`, `LWT_BPF_OUT` or `LWT_BPF_XMIT`
  /// @param tag who owns it, for those who list routes
  /// @param replace whether one is to be there, else none
  /// @return 0, or the negated error number
  public static long putRoute(
      Descriptor socket, Route to, int point, Descriptor program, String tag, boolean replace) {
    Netlink route = new Netlink(NEW_ROUTE, replace ? REPLACE : CREATE, to.network, to.bits);
    route.address(1, to.network).number(4, to.index).encapsulation(ENCAP_BPF);
    int outer = route.nested;
    route.begin(point).number(1, program.number()).text(2, tag).end();
    route.nested = outer;
    return route.end().send(socket);
  }

  /// Adds the address of a segment whose packets a program sees (`End.BPF`), or puts it in the
  /// place of one that is there.
  ///
  /// @param to its address or network
  /// @param tag who owns it, for those who list routes
  /// @param replace whether one is to be there, else none
  /// @return 0, or the negated error number
  public static long putSegment(
      Descriptor socket, Route to, Descriptor program, String tag, boolean replace) {
    Netlink route = new Netlink(NEW_ROUTE, replace ? REPLACE : CREATE, to.network, to.bits);
    route.address(1, to.network).number(4, to.index).encapsulation(ENCAP_SEGMENT);
    int outer = route.nested;
    route.number(1, END_BPF);
    route.begin(8).number(1, program.number()).text(2, tag).end();
    route.nested = outer;
    return route.end().send(socket);
  }

  /// The type of what is around the packets, and the beginning of its details (`RTA_ENCAP_TYPE`,
  /// `RTA_ENCAP`).
  private void encapsulation(int type) {
    message.putShort((short) 6).putShort((short) 21).putShort((short) type).putShort((short) 0);
    begin(22);
  }

  /// Removes a route.
  ///
  /// @return 0, or the negated error number
  public static long removeRoute(Descriptor socket, Route route) {
    return new Netlink(DELETE_ROUTE, (short) 0, route.network, route.bits)
        .address(1, route.network)
        .number(4, route.index)
        .send(socket);
  }

  private Netlink address(int type, byte[] bytes) {
    message.putShort((short) (4 + bytes.length)).putShort((short) type).put(bytes);
    return this;
  }

  private Netlink begin(int type) {
    nested = message.position();
    message.putShort((short) 0).putShort((short) type);
    return this;
  }

  private Netlink end() {
    message.putShort(nested, (short) (message.position() - nested));
    return this;
  }

  private Netlink number(int type, int value) {
    message.putShort((short) 8).putShort((short) type).putInt(value);
    return this;
  }

  /// A text attribute: terminated, and padded to four bytes.
  private Netlink text(int type, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    message.putShort((short) (4 + bytes.length + 1)).putShort((short) type).put(bytes);
    message.put(new byte[4 - bytes.length % 4]);
    return this;
  }

  /// Sends the message and reads the acknowledgement: a header and an error number.
  private long send(Descriptor socket) {
    message.putInt(0, message.position());
    byte[] bytes = new byte[message.position()];
    message.get(0, bytes);
    byte[] answer = Sockets.exchange(socket, bytes, MESSAGE_BYTES);
    return answer.length < ACKNOWLEDGEMENT_BYTES
        ? -Errno.ENODATA.number()
        : ByteBuffer.wrap(answer).order(ByteOrder.nativeOrder()).getInt(HEADER_BYTES);
  }
}
