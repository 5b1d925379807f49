package org.bpf4j.lang;

import org.jspecify.annotations.Nullable;

/// Helpers about packets; programs call them as methods of [Helpers].
public abstract sealed class PacketHelpers extends SocketHelpers permits TracingHelpers {

  PacketHelpers() {}

  /// Sends the packet to another interface, once the program has returned [XdpAction#REDIRECT] or
  /// [TcAction#REDIRECT].
  ///
  /// @param ifindex the interface's number
  /// @param flags 0; in [Tc] programs 1 (`BPF_F_INGRESS`) for that interface's receiving side
  /// @return the number of the action to return
  public static long redirect(int ifindex, int flags) {
    return Host.current().call("redirect", ifindex, flags);
  }

  /// Sends the packet to the peer of an interface, in the peer's network namespace, as if it were
  /// received there.
  ///
  /// @param flags 0
  /// @return the number of the action to return
  public static long redirectPeer(int ifindex, int flags) {
    return Host.current().call("redirectPeer", ifindex, flags);
  }

  /// Sends the packet to another interface, with the link-layer addresses of the next hop.
  ///
  /// @param nextHop the next hop, or null to find it by the routing table
  /// @param flags 0
  /// @return the number of the action to return
  public static long redirectNeigh(int ifindex, @Nullable RedirNeigh nextHop, int flags) {
    return Host.current().call("redirectNeigh", ifindex, nextHop, flags);
  }

  /// Sends a copy of the packet to another interface. Views are dead afterwards.
  ///
  /// @param flags 0, or 1 (`BPF_F_INGRESS`)
  /// @return 0, or a negative error number
  public static long cloneRedirect(Context ctx, int ifindex, long flags) {
    return Host.current().call("cloneRedirect", ctx, ifindex, flags);
  }

  /// Writes bytes into the packet, fragments included. Views are dead afterwards.
  ///
  /// @param from a struct, an array or a [BpfString]
  /// @param flags 1 (`BPF_F_RECOMPUTE_CSUM`), 2 (`BPF_F_INVALIDATE_HASH`)
  /// @return 0, or a negative error number
  public static int skbStoreBytes(Context ctx, int offset, Object from, long flags) {
    return (int) Host.current().call("skbStoreBytes", ctx, offset, from, flags);
  }

  /// Like [#skbStoreBytes(Context, int, Object, long)], from a part of an array; a count below 1
  /// aborts.
  public static int skbStoreBytes(
      Context ctx, int offset, byte[] bytes, int from, int count, long flags) {
    return (int) Host.current().call("skbStoreBytes", ctx, offset, bytes, from, count, flags);
  }

  /// Copies bytes of the packet, fragments included.
  ///
  /// @param to a struct, an array or a [BpfString], to be filled
  /// @return 0, or a negative error number; then the buffer is zero
  public static int skbLoadBytes(Context ctx, int offset, Object to) {
    return (int) Host.current().call("skbLoadBytes", ctx, offset, to);
  }

  /// Like [#skbLoadBytes(Context, int, Object)], into a part of an array; a count below 1 aborts.
  public static int skbLoadBytes(Context ctx, int offset, byte[] bytes, int from, int count) {
    return (int) Host.current().call("skbLoadBytes", ctx, offset, bytes, from, count);
  }

  /// Like [#skbLoadBytes], from one of the packet's headers on.
  ///
  /// @param start 0 for the link layer's (`BPF_HDR_START_MAC`), 1 for the network's
  /// @return 0, or a negative error number; then the buffer is zero
  public static int skbLoadBytesRelative(Context ctx, int offset, Object to, int start) {
    return (int) Host.current().call("skbLoadBytesRelative", ctx, offset, to, start);
  }

  /// Adapts the checksum of a network header to a change. Views are dead afterwards.
  ///
  /// @param offset where the checksum is in the packet
  /// @param from what was there, in network order; 0 if `to` is a difference
  /// @param to what is there now, or a difference of [#csumDiff]
  /// @param flags 2 or 4 for the size of what changed, 0 for a difference
  /// @return 0, or a negative error number
  public static int l3CsumReplace(Context ctx, int offset, long from, long to, long flags) {
    return (int) Host.current().call("l3CsumReplace", ctx, offset, from, to, flags);
  }

  /// Adapts the checksum of a transport header to a change. Views are dead afterwards.
  ///
  /// @param offset where the checksum is in the packet
  /// @param from what was there, in network order; 0 if `to` is a difference
  /// @param to what is there now, or a difference of [#csumDiff]
  /// @param flags 2 or 4 for the size of what changed, 0 for a difference; 16 (`BPF_F_PSEUDO_HDR`),
  ///   32 (`BPF_F_MARK_MANGLED_0`)
  /// @return 0, or a negative error number
  public static int l4CsumReplace(Context ctx, int offset, long from, long to, long flags) {
    return (int) Host.current().call("l4CsumReplace", ctx, offset, from, to, flags);
  }

  /// The difference that a change makes to a checksum. Sizes are multiples of 4.
  ///
  /// @param from what was there, or null
  /// @param to what is there now, or null
  /// @param seed a difference to add to
  /// @return the difference, or a negative error number
  public static long csumDiff(@Nullable Object from, @Nullable Object to, int seed) {
    return Host.current().call("csumDiff", from, to, seed);
  }

  /// Adds to the checksum that the packet got from its driver.
  ///
  /// @return the checksum, or a negative error number
  public static long csumUpdate(Context ctx, int difference) {
    return Host.current().call("csumUpdate", ctx, difference);
  }

  /// Says how many checksums of the packet were checked.
  ///
  /// @param level 0 to ask, 1 more, 2 less, 3 none (`BPF_CSUM_LEVEL_*`)
  /// @return the level, 0, or a negative error number
  public static int csumLevel(Context ctx, long level) {
    return (int) Host.current().call("csumLevel", ctx, level);
  }

  /// The realm of the packet's route, or 0.
  public static int getRouteRealm(Context ctx) {
    return (int) Host.current().call("getRouteRealm", ctx);
  }

  /// The class that the `net_cls` cgroup of the sender gives, or 0.
  public static int getCgroupClassid() {
    return (int) Host.current().call("getCgroupClassid");
  }

  /// The class that the `net_cls` cgroup of the packet's socket gives, or 0.
  public static int skbCgroupClassid(Context ctx) {
    return (int) Host.current().call("skbCgroupClassid", ctx);
  }

  /// The number of the cgroup of the packet's socket, or 0.
  public static long skbCgroupId(Context ctx) {
    return Host.current().call("skbCgroupId", ctx);
  }

  /// The number of an ancestor of that cgroup, or 0.
  ///
  /// @param level 0 for the root
  public static long skbAncestorCgroupId(Context ctx, int level) {
    return Host.current().call("skbAncestorCgroupId", ctx, level);
  }

  /// Whether the packet's socket is in a cgroup: 1 or 0.
  ///
  /// @param cgroups a map of cgroups
  /// @return 1 or 0, or a negative error number
  public static int skbUnderCgroup(Context ctx, CgroupArray cgroups, int index) {
    return (int) Host.current().call("skbUnderCgroup", ctx, cgroups, index);
  }

  /// The hash of the packet's flow, which is computed if it was not.
  public static int getHashRecalc(Context ctx) {
    return (int) Host.current().call("getHashRecalc", ctx);
  }

  /// Lets the hash be computed again.
  public static void setHashInvalid(Context ctx) {
    Host.current().call("setHashInvalid", ctx);
  }

  /// Sets the packet's hash.
  ///
  /// @return 0
  public static int setHash(Context ctx, int hash) {
    return (int) Host.current().call("setHash", ctx, hash);
  }

  /// Adds a VLAN tag. Views are dead afterwards.
  ///
  /// @param protocol in network order: 0x0081 for 802.1Q
  /// @return 0, or a negative error number
  public static int skbVlanPush(Context ctx, int protocol, int tag) {
    return (int) Host.current().call("skbVlanPush", ctx, protocol, tag);
  }

  /// Takes the VLAN tag off. Views are dead afterwards.
  ///
  /// @return 0, or a negative error number
  public static int skbVlanPop(Context ctx) {
    return (int) Host.current().call("skbVlanPop", ctx);
  }

  /// Makes an IPv4 packet an IPv6 one or back: it changes the room for the header. Views are dead
  /// afterwards.
  ///
  /// @param protocol in network order: 0x0008 for IPv4, 0xdd86 for IPv6
  /// @param flags 0
  /// @return 0, or a negative error number
  public static int skbChangeProto(Context ctx, int protocol, long flags) {
    return (int) Host.current().call("skbChangeProto", ctx, protocol, flags);
  }

  /// Says whom the packet is for: 0 this host, 1 all, 2 a group, 3 others (`PACKET_*`).
  ///
  /// @return 0, or a negative error number
  public static int skbChangeType(Context ctx, int type) {
    return (int) Host.current().call("skbChangeType", ctx, type);
  }

  /// Cuts or extends the packet. Views are dead afterwards.
  ///
  /// @param flags 0
  /// @return 0, or a negative error number
  public static int skbChangeTail(Context ctx, int length, long flags) {
    return (int) Host.current().call("skbChangeTail", ctx, length, flags);
  }

  /// Adds room before the packet. Views are dead afterwards.
  ///
  /// @param flags 0
  /// @return 0, or a negative error number
  public static int skbChangeHead(Context ctx, int room, long flags) {
    return (int) Host.current().call("skbChangeHead", ctx, room, flags);
  }

  /// Makes the packet's start linear. Views are dead afterwards.
  ///
  /// @return 0, or a negative error number
  public static int skbPullData(Context ctx, int bytes) {
    return (int) Host.current().call("skbPullData", ctx, bytes);
  }

  /// Adds or removes bytes behind a header. Views are dead afterwards.
  ///
  /// @param mode 0 behind the network header (`BPF_ADJ_ROOM_NET`), 1 behind the link-layer header
  /// @return 0, or a negative error number
  public static int skbAdjustRoom(Context ctx, int bytes, int mode, long flags) {
    return (int) Host.current().call("skbAdjustRoom", ctx, bytes, mode, flags);
  }

  /// The tunnel that the packet came through.
  ///
  /// @param flags 0 for IPv4, 1 (`BPF_F_TUNINFO_IPV6`)
  /// @return 0, or a negative error number
  public static int skbGetTunnelKey(Context ctx, TunnelKey to, long flags) {
    return (int) Host.current().call("skbGetTunnelKey", ctx, to, flags);
  }

  /// Sends the packet through a tunnel.
  ///
  /// @param flags 0 for IPv4, 1 (`BPF_F_TUNINFO_IPV6`)
  /// @return 0, or a negative error number
  public static int skbSetTunnelKey(Context ctx, TunnelKey key, long flags) {
    return (int) Host.current().call("skbSetTunnelKey", ctx, key, flags);
  }

  /// The options of the tunnel that the packet came through.
  ///
  /// @return the bytes, or a negative error number
  public static int skbGetTunnelOpt(Context ctx, Object to) {
    return (int) Host.current().call("skbGetTunnelOpt", ctx, to);
  }

  /// Sets the options of the tunnel that the packet is sent through.
  ///
  /// @return 0, or a negative error number
  public static int skbSetTunnelOpt(Context ctx, Object from) {
    return (int) Host.current().call("skbSetTunnelOpt", ctx, from);
  }

  /// The security association by which the packet was decrypted.
  ///
  /// @param flags 0
  /// @return 0, or a negative error number
  public static int skbGetXfrmState(Context ctx, int index, XfrmState to, long flags) {
    return (int) Host.current().call("skbGetXfrmState", ctx, index, to, flags);
  }

  /// Marks the packet as having met congestion, if it takes part.
  ///
  /// @return 1 if it is marked, else 0
  public static int skbEcnSetCe(Context ctx) {
    return (int) Host.current().call("skbEcnSetCe", ctx);
  }

  /// Sets the packet's time.
  ///
  /// @param type 0 or 1 (`BPF_SKB_TSTAMP_*`)
  /// @return 0, or a negative error number
  public static int skbSetTstamp(Context ctx, long time, int type) {
    return (int) Host.current().call("skbSetTstamp", ctx, time, type);
  }

  /// Writes a perf event with the start of a packet.
  ///
  /// @param skb a view of an `sk_buff`
  /// @param events a map of perf events
  /// @param flags the index, or 0xffffffff for the current CPU; the bytes of the packet in bits 32
  ///   to 51
  /// @return 0, or a negative error number
  public static int skbOutput(Object skb, PerfEventArray<?> events, long flags, Object from) {
    return (int) Host.current().call("skbOutput", skb, events, flags, from);
  }

  /// Writes a perf event with the start of a frame.
  ///
  /// @param frame a view of an `xdp_buff`
  /// @param events a map of perf events
  /// @param flags the index, or 0xffffffff for the current CPU; the bytes of the frame in bits 32
  ///   to 51
  /// @return 0, or a negative error number
  public static int xdpOutput(Object frame, PerfEventArray<?> events, long flags, Object from) {
    return (int) Host.current().call("xdpOutput", frame, events, flags, from);
  }

  /// Moves the start of the frame. Views are dead afterwards.
  ///
  /// @return 0, or a negative error number
  public static int xdpAdjustHead(Context ctx, int delta) {
    return (int) Host.current().call("xdpAdjustHead", ctx, delta);
  }

  /// Moves the end of the frame. Views are dead afterwards.
  ///
  /// @return 0, or a negative error number
  public static int xdpAdjustTail(Context ctx, int delta) {
    return (int) Host.current().call("xdpAdjustTail", ctx, delta);
  }

  /// Moves the start of the metadata before the frame: back by a negative number of bytes to make
  /// room. Views are dead afterwards.
  ///
  /// @return 0, or a negative error number
  public static int xdpAdjustMeta(Context ctx, int delta) {
    return (int) Host.current().call("xdpAdjustMeta", ctx, delta);
  }

  /// The frame's length, fragments included.
  public static long xdpGetBuffLen(Context ctx) {
    return Host.current().call("xdpGetBuffLen", ctx);
  }

  /// Copies bytes of the frame, fragments included.
  ///
  /// @param to a struct, an array or a [BpfString], to be filled
  /// @return 0, or a negative error number
  public static int xdpLoadBytes(Context ctx, int offset, Object to) {
    return (int) Host.current().call("xdpLoadBytes", ctx, offset, to);
  }

  /// Like [#xdpLoadBytes(Context, int, Object)], into a part of an array; a count below 1 aborts.
  public static int xdpLoadBytes(Context ctx, int offset, byte[] bytes, int from, int count) {
    return (int) Host.current().call("xdpLoadBytes", ctx, offset, bytes, from, count);
  }

  /// Writes bytes into the frame, fragments included.
  ///
  /// @param from a struct, an array or a [BpfString]
  /// @return 0, or a negative error number
  public static int xdpStoreBytes(Context ctx, int offset, Object from) {
    return (int) Host.current().call("xdpStoreBytes", ctx, offset, from);
  }

  /// Like [#xdpStoreBytes(Context, int, Object)], from a part of an array; a count below 1 aborts.
  public static int xdpStoreBytes(Context ctx, int offset, byte[] bytes, int from, int count) {
    return (int) Host.current().call("xdpStoreBytes", ctx, offset, bytes, from, count);
  }

  /// Asks the routing table where a packet goes.
  ///
  /// @param params the packet's addresses, and then the answer
  /// @param flags 1 (`BPF_FIB_LOOKUP_DIRECT`), 2 (`BPF_FIB_LOOKUP_OUTPUT`)
  /// @return 0 if it is forwarded, else why not (`BPF_FIB_LKUP_RET_*`), or a negative error number
  public static int fibLookup(Context ctx, FibLookup params, int flags) {
    return (int) Host.current().call("fibLookup", ctx, params, flags);
  }

  /// Whether the packet is small enough for an interface.
  ///
  /// @param mtu a length to check instead of the packet's, or 0; then the interface's limit
  /// @param delta the bytes that the packet will grow by
  /// @param flags 0; 1 checks segments
  /// @return 0 if it is, 1 or 2 if not (`BPF_MTU_CHK_RET_*`), or a negative error number
  public static int checkMtu(Context ctx, int ifindex, int[] mtu, int delta, long flags) {
    return (int) Host.current().call("checkMtu", ctx, ifindex, mtu, delta, flags);
  }

  /// Puts a header before the packet. Views are dead afterwards.
  ///
  /// @param type 0 or 1 for segment routing, 2 for IP (`BPF_LWT_ENCAP_*`)
  /// @return 0, or a negative error number
  public static int lwtPushEncap(Context ctx, int type, Object header) {
    return (int) Host.current().call("lwtPushEncap", ctx, type, header);
  }

  /// Writes into the packet's segment routing header. Views are dead afterwards.
  ///
  /// @return 0, or a negative error number
  public static int lwtSeg6StoreBytes(Context ctx, int offset, Object from) {
    return (int) Host.current().call("lwtSeg6StoreBytes", ctx, offset, from);
  }

  /// Grows or shrinks the packet's segment routing header. Views are dead afterwards.
  ///
  /// @return 0, or a negative error number
  public static int lwtSeg6AdjustSrh(Context ctx, int offset, int delta) {
    return (int) Host.current().call("lwtSeg6AdjustSrh", ctx, offset, delta);
  }

  /// Applies an action of segment routing. Views are dead afterwards.
  ///
  /// @param action such as 2 for `End.X` (`SEG6_LOCAL_ACTION_*`)
  /// @return 0, or a negative error number
  public static int lwtSeg6Action(Context ctx, int action, Object parameter) {
    return (int) Host.current().call("lwtSeg6Action", ctx, action, parameter);
  }

  /// Reports that the key is still held.
  ///
  /// @return 0
  public static int rcRepeat() {
    return (int) Host.current().call("rcRepeat");
  }

  /// Reports that a key of a remote control was pressed.
  ///
  /// @return 0
  public static int rcKeydown(int protocol, long scancode, int toggle) {
    return (int) Host.current().call("rcKeydown", protocol, scancode, toggle);
  }

  /// Reports that a pointer was moved.
  ///
  /// @return 0
  public static int rcPointerRel(int x, int y) {
    return (int) Host.current().call("rcPointerRel", x, y);
  }
}
