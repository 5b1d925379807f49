package org.bpf4j.sim;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Predicate;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.lang.BpfArena;
import org.bpf4j.lang.BpfBloomFilter;
import org.bpf4j.lang.BpfSock;
import org.bpf4j.lang.CgroupArray;
import org.bpf4j.lang.MapHost;
import org.bpf4j.lang.PerfEventArray;
import org.bpf4j.lang.ProgramArray;
import org.bpf4j.lang.RedirectMap;
import org.bpf4j.lang.ReuseportSockArray;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.SocketAction;
import org.bpf4j.lang.SocketMap;
import org.bpf4j.lang.StackTraceMap;
import org.bpf4j.lang.UserRing;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.host.Scalar;
import org.bpf4j.object.PacketOutput;
import org.jspecify.annotations.Nullable;

/// The simulated kernel's other maps as a program's Java body sees them, for one run.
///
/// @param maps the maps of the program's class
/// @param types how values lie in memory, and the arena
/// @param environment the kernel around
/// @param context what the program is called with
/// @param tailCalls how many programs handed over before this one
record JavaMapHost(
    JavaMaps maps, JavaTypes types, Environment environment, Context context, int tailCalls)
    implements MapHost {

  @Override
  public <S extends Enum<S>> void call(ProgramArray<S> programs, S stage) {
    int index = (int) Scalar.toNumber(stage);
    if (objects(programs).at(index) instanceof LoadedProgram program && tailCalls < TailCall.MAX) {
      throw new TailCall(program);
    }
  }

  private ObjectMap objects(Object identity) {
    return (ObjectMap) maps.other(identity).map();
  }

  @Override
  @SuppressWarnings("unchecked") // the codec was made for the ring's declared type
  public <E> int drain(UserRing<E> ring, Predicate<E> body) {
    JavaMaps.Other bound = maps.other(ring);
    return (int)
        RingHelpers.drain(
            (UserRingMap) bound.map(),
            record ->
                record.length < bound.codec().bytes()
                    || body.test((E) bound.codec().read(MemorySegment.ofArray(record))));
  }

  @Override
  public <V> boolean push(Object queue, V value, boolean evict) {
    JavaMaps.Other bound = maps.other(queue);
    long flags = evict ? KeyedMap.IF_PRESENT : 0;
    return ((QueueMap) bound.map()).push(bound.valueBytes(value), flags) == 0;
  }

  @Override
  public @Nullable Object pop(Object queue, boolean remove) {
    JavaMaps.Other bound = maps.other(queue);
    byte[] next = ((QueueMap) bound.map()).next(remove);
    return next == null ? null : bound.codec().read(MemorySegment.ofArray(next));
  }

  @Override
  public <V> void add(BpfBloomFilter<V> filter, V value) {
    JavaMaps.Other bound = maps.other(filter);
    ((FilterMap) bound.map()).add(bound.valueBytes(value));
  }

  @Override
  public <V> boolean mightContain(BpfBloomFilter<V> filter, V value) {
    JavaMaps.Other bound = maps.other(filter);
    return ((FilterMap) bound.map()).contains(bound.valueBytes(value));
  }

  @Override
  public <E> boolean output(PerfEventArray<E> events, E event) {
    JavaMaps.Other bound = maps.other(events);
    return ((EventMap) bound.map()).output(bound.valueBytes(event)) == 0;
  }

  @Override
  public <E> boolean outputFirst(PerfEventArray<E> events, E event, int bytes) {
    JavaMaps.Other bound = maps.other(events);
    byte[] record = bound.valueBytes(event);
    Objects.checkFromIndexSize(0, bytes, record.length);
    return ((EventMap) bound.map()).output(Arrays.copyOf(record, bytes)) == 0;
  }

  @Override
  public <E> boolean outputWithPacket(PerfEventArray<E> events, E event, int packetBytes) {
    JavaMaps.Other bound = maps.other(events);
    long flags = Integer.toUnsignedLong(packetBytes) << PacketOutput.LENGTH_SHIFT;
    return ((EventMap) bound.map()).output(context, bound.valueBytes(event), flags) == 0;
  }

  @Override
  public int getStackid(StackTraceMap stacks, int flags) {
    return -Errno.EFAULT;
  }

  @Override
  public boolean currentTaskUnderCgroup(CgroupArray cgroups, int index) {
    return TaskHelpers.isUnder(environment, objects(cgroups), index) == 1;
  }

  @Override
  public XdpAction redirect(RedirectMap map, int key, XdpAction otherwise) {
    int action = Redirects.of(maps.other(map).map(), key, Scalar.toNumber(otherwise));
    return (XdpAction) Scalar.toJava(XdpAction.class, action);
  }

  @Override
  public SocketAction redirect(SocketMap map, Object key, boolean ingress) {
    JavaMaps.Sockets sockets = maps.sockets(map);
    int verdict = SocketHelpers.redirect(sockets.map(), sockets.keyBytes(key), ingress ? 1 : 0);
    return verdict == SocketHelpers.PASS ? SocketAction.PASS : SocketAction.DROP;
  }

  @Override
  public boolean putSocket(SocketMap map, Object key, boolean ifAbsent) {
    JavaMaps.Sockets sockets = maps.sockets(map);
    long flags = ifAbsent ? KeyedMap.IF_ABSENT : 0;
    return SocketHelpers.put(sockets.map(), sockets.keyBytes(key), flags) == 0;
  }

  /// Sockets have no model, so that programs find none.
  @Override
  public @Nullable BpfSock socket(SocketMap map, Object key) {
    maps.sockets(map);
    return null;
  }

  @Override
  public boolean select(ReuseportSockArray map, int key) {
    return objects(map).at(key) != null;
  }

  @Override
  public <E> long query(RingBuffer<E> ring, int figure) {
    return maps.ring(ring).map().query(figure);
  }

  @Override
  public @Nullable Object inner(Object outer, Object key) {
    return maps.inner(outer, key);
  }

  @Override
  public <T> @Nullable T allocate(BpfArena arena, Class<T> type) {
    Object made = types.arena().allocate(types.ofArena(type));
    return made == null ? null : type.cast(made);
  }

  @Override
  public void free(BpfArena arena, Object object) {
    types.arena().free(object);
  }
}
