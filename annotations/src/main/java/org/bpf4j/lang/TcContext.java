package org.bpf4j.lang;

import org.jspecify.annotations.Nullable;

/// A packet at the traffic control hook: the kernel's socket buffer, from its link-layer header on.
@ContextStruct("__sk_buff")
public interface TcContext extends Context {

  /// A view of the packet's bytes, or null if the linear part of the packet ends before the view
  /// does.
  ///
  /// The kernel may keep later bytes in separate fragments, where a view cannot reach them although
  /// the packet is long enough: call [#pull] first where null would be wrong. The null test is the
  /// bounds check: behind it, every accessor of the view is a plain load.
  ///
  /// @param view a [Header] interface
  /// @param offset its first byte, counted from the start of the packet; a negative one gives null
  <T> @Nullable T header(Class<T> view, int offset);

  /// A view of the packet wherever its bytes are, fragments included, or null if it ends before the
  /// view does; for reading only (Linux 6.4). The view is of a copy on the stack if the bytes are
  /// not in one piece.
  ///
  /// @param view a [Header] interface
  /// @param offset its first byte; a negative one gives null
  <T> @Nullable T slice(Class<T> view, int offset);

  /// Like [#slice], for writing too, but null if the bytes are not in one piece (Linux 6.5).
  <T> @Nullable T writableSlice(Class<T> view, int offset);

  /// A view of the metadata before the packet, or null if there is less of it than the view takes.
  ///
  /// It is what an XDP program of the interface wrote there, see [XdpContext#metadata]; packets
  /// that the host sends have none.
  ///
  /// @param view a [Header] interface
  <T> @Nullable T metadata(Class<T> view);

  /// A view of a copy of the packet's bytes, or null if the packet ends before the view does.
  ///
  /// It reaches bytes in fragments too, and stays valid when the packet moves. What is written
  /// through it changes the copy.
  ///
  /// @param view a [Header] interface
  /// @param offset its first byte, counted from the start of the packet; a negative one gives null
  <T> @Nullable T load(Class<T> view, int offset);

  /// Makes the first `bytes` bytes linear, so that views reach them; 0 stands for all that there
  /// are.
  ///
  /// Views are dead afterwards.
  ///
  /// @return whether they are linear now; false if the packet is shorter, or memory is short
  boolean pull(int bytes);

  /// The packet's length in bytes, link-layer header and fragments included.
  @U32
  @At(0)
  int length();

  /// Whom the packet is for: 0 this host, 1 all, 2 several, 3 another host.
  @U32
  @At(4)
  int packetType();

  /// The mark, a number that the packet carries through the kernel.
  @U32
  @At(8)
  int mark();

  /// Sets the mark.
  void mark(int value);

  /// The queue of the interface.
  @U32
  @At(12)
  int queueMapping();

  /// The protocol behind the link-layer header, as in [org.bpf4j.lang.net.EtherType].
  @Be16
  @At(16)
  int protocol();

  /// Whether the interface took a VLAN tag off the packet: 1, or else 0.
  @U32
  @At(20)
  int vlanPresent();

  /// The control word of the VLAN tag that was taken off.
  @U32
  @At(24)
  int vlanControl();

  /// The type that announced the VLAN tag that was taken off.
  @Be16
  @At(28)
  int vlanProtocol();

  /// The priority, which queueing disciplines look at.
  @U32
  @At(32)
  int priority();

  /// Sets the priority.
  void priority(int value);

  /// The number of the interface that received the packet, or 0.
  @U32
  @At(36)
  int ingressIfindex();

  /// The number of the interface at which the program runs.
  @U32
  @At(40)
  int ifindex();

  /// The number that traffic control gave the packet.
  @U32
  @At(44)
  int tcIndex();

  /// Sets [#tcIndex()].
  void tcIndex(int value);

  /// The class that the queueing disciplines put the packet in: its minor number, of 16 bits.
  @U16
  @At(72)
  int classid();

  /// Sets [#classid()].
  void classid(int value);

  /// The hash of the packet's flow, or 0 if it was not computed.
  @U32
  @At(68)
  int hash();

  /// The number of the context in which the packet was received, or 0.
  @U32
  @At(84)
  int napiId();

  /// The time to send the packet at, in nanoseconds of the clock that [Helpers#ktimeGetNs] reads,
  /// or 0: the queueing discipline `fq` keeps the packet until then.
  @U64
  @At(152)
  long timestamp();

  /// Sets [#timestamp()].
  void timestamp(long value);

  /// The bytes that the packet takes on the wire, with the headers of each that it will be cut
  /// into.
  @U32
  @At(160)
  int wireLength();

  /// The number of packets that it will be cut into, or 0.
  @U32
  @At(164)
  int gsoSegments();

  /// The bytes of data in each packet that it will be cut into, or 0.
  @U32
  @At(176)
  int gsoSize();

  /// Cuts the packet, or extends it with zeroes, to a length.
  ///
  /// Views are dead afterwards.
  ///
  /// @return whether the packet has that length now
  boolean changeTail(int length);
}
