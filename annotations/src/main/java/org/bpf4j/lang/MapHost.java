package org.bpf4j.lang;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The part of a [Host] that answers for maps other than arrays, keyed maps and rings.
public interface MapHost {

  /// See [ProgramArray#call(Enum)]; a call that is taken does not return.
  <S extends Enum<S>> void call(ProgramArray<S> programs, S stage);

  /// See [UserRing#drain].
  <E> int drain(UserRing<E> ring, Predicate<E> body);

  /// Adds a copy of a value to a queue or stack.
  ///
  /// @param evict whether the oldest value makes way if there is no room
  /// @return whether it was added
  <V> boolean push(Object queue, V value, boolean evict);

  /// The next value of a queue or stack, or null.
  ///
  /// @param remove whether it is taken out
  @Nullable Object pop(Object queue, boolean remove);

  /// See [BpfBloomFilter#add].
  <V> void add(BpfBloomFilter<V> filter, V value);

  /// See [BpfBloomFilter#mightContain].
  <V> boolean mightContain(BpfBloomFilter<V> filter, V value);

  /// See [PerfEventArray#output(Object)].
  <E> boolean output(PerfEventArray<E> events, E event);

  /// See [PerfEventArray#outputFirst].
  <E> boolean outputFirst(PerfEventArray<E> events, E event, int bytes);

  /// See [PerfEventArray#outputWithPacket].
  <E> boolean outputWithPacket(PerfEventArray<E> events, E event, int packetBytes);

  /// See [StackTraceMap#getStackid].
  int getStackid(StackTraceMap stacks, int flags);

  /// See [CgroupArray#currentTaskUnderCgroup].
  boolean currentTaskUnderCgroup(CgroupArray cgroups, int index);

  /// See [RedirectMap#redirect].
  XdpAction redirect(RedirectMap map, int key, XdpAction otherwise);

  /// See [SockMap#redirect] and [SockHash#redirect].
  ///
  /// @param ingress whether the socket receives the data, rather than sends them
  SocketAction redirect(SocketMap map, Object key, boolean ingress);

  /// See [SockMap#putSocket] and [SockHash#putSocket].
  ///
  /// @param ifAbsent whether a socket that is there stays
  boolean putSocket(SocketMap map, Object key, boolean ifAbsent);

  /// See [SockMap#get] and [SockHash#get].
  @Nullable BpfSock socket(SocketMap map, Object key);

  /// See [ReuseportSockArray#select].
  boolean select(ReuseportSockArray map, int key);

  /// A figure of a ring buffer (`bpf_ringbuf_query`).
  <E> long query(RingBuffer<E> ring, int figure);

  /// The inner map of a key, or null: the same object for the same map.
  @Nullable Object inner(Object outer, Object key);

  /// See [BpfArena#allocate].
  <T> @Nullable T allocate(BpfArena arena, Class<T> type);

  /// See [BpfArena#free].
  void free(BpfArena arena, Object object);
}
