package org.bpf4j.sim;

import java.lang.foreign.MemorySegment;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.lang.BpfKeyedMap;
import org.bpf4j.lang.BpfMap;
import org.bpf4j.lang.BpfTimer;
import org.bpf4j.lang.BpfWorkqueue;
import org.bpf4j.lang.Critical;
import org.bpf4j.lang.Host;
import org.bpf4j.lang.LocalStorage;
import org.bpf4j.lang.MapHost;
import org.bpf4j.lang.ObjectHost;
import org.bpf4j.lang.PerCpu;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.RingRecord;
import org.bpf4j.lang.host.Scalar;
import org.bpf4j.object.KernelIterator;
import org.bpf4j.vm.Region;
import org.jspecify.annotations.Nullable;

/// The simulated kernel as a program's Java body sees it, for one run.
///
/// Maps are the simulation's own, of bytes. A container that a program gets from a map is an object
/// of its own for the run, the same one for the same value, and is written back when the run ends;
/// so everything that bytes decide (what is equal, what is evicted, what a put replaces) is decided
/// where it is for bytecode.
final class JavaHost implements Host {

  private record Live(JavaCodec codec, Object value) {}

  private record Reservation(JavaMaps.Ring ring, Region region) {}

  private final JavaMaps maps;
  private final JavaTypes types;
  private final JavaStatics statics;
  private final JavaContext context;
  private final JavaHelpers helpers;
  private final JavaMapHost others;
  private final JavaObjectHost objects;
  private final SimulatedObject shared;
  private final Environment environment;
  private final IdentityHashMap<Region, Live> live = new IdentityHashMap<>();
  private final IdentityHashMap<Object, Reservation> reserved = new IdentityHashMap<>();

  JavaHost(
      JavaMaps maps,
      JavaStatics statics,
      JavaContext context,
      JavaHelpers helpers,
      SimulatedObject shared,
      JavaTypes types,
      int tailCalls) {
    this.types = types;
    this.maps = maps;
    this.statics = statics;
    this.context = context;
    this.helpers = helpers;
    this.shared = shared;
    this.environment = shared.kernel.environment;
    this.objects = new JavaObjectHost(types);
    this.others = new JavaMapHost(maps, types, environment, context.context(), tailCalls);
  }

  /// Writes back what the program changed in maps.
  ///
  /// @return whether every number fitted its storage
  boolean flush() {
    boolean fits = types.arena().flush();
    for (Map.Entry<Region, Live> entry : live.entrySet()) {
      try {
        entry.getValue().codec().write(memory(entry.getKey()), entry.getValue().value());
      } catch (ArithmeticException _) {
        fits = false;
      }
    }
    types.collections().forget();
    return fits;
  }

  /// Discards the records that are still reserved, as an aborting program does.
  ///
  /// @return how many they were
  int discardReserved() {
    int count = reserved.size();
    reserved.values().forEach(record -> record.ring().map().finish(record.region(), false));
    reserved.clear();
    return count;
  }

  private static MemorySegment memory(Region region) {
    return MemorySegment.ofArray(region.bytes()).asSlice(region.start(), region.size());
  }

  private Object value(JavaMaps.Keyed map, Region[] values) {
    return value(map, own(values));
  }

  private Object value(JavaMaps.Keyed map, Region region) {
    if (!map.value().isContainer()) {
      return map.value().read(memory(region));
    }
    return live.computeIfAbsent(region, at -> new Live(map.value(), map.value().read(memory(at))))
        .value();
  }

  private Region own(Region[] values) {
    return values[values.length == 1 ? 0 : environment.cpu];
  }

  private int update(JavaMaps.Keyed map, byte[] key, Object value, int flags) {
    byte[] bytes = map.valueBytes(value);
    return map.map()
        .update(
            key,
            flags,
            values -> {
              Region to = own(values);
              System.arraycopy(bytes, 0, to.bytes(), to.start(), bytes.length);
              KernelObjects.clear(types.btf(), map.map().definition(), to);
              Live known = live.get(to);
              if (known != null) {
                known.codec().load(memory(to), known.value());
              }
            });
  }

  @Override
  @SuppressWarnings("unchecked") // the codec was made for the map's declared type
  public <K, V> @Nullable V get(BpfKeyedMap<K, V> map, K key) {
    JavaMaps.Keyed bound = maps.keyed(map);
    Region[] found = bound.map().find(bound.keyBytes(key), true);
    return found == null ? null : (V) value(bound, found);
  }

  @Override
  public <K, V> boolean put(BpfKeyedMap<K, V> map, K key, V value) {
    JavaMaps.Keyed bound = maps.keyed(map);
    return update(bound, bound.keyBytes(key), value, 0) == 0;
  }

  @Override
  public <K, V> boolean putIfAbsent(BpfKeyedMap<K, V> map, K key, V value) {
    JavaMaps.Keyed bound = maps.keyed(map);
    return update(bound, bound.keyBytes(key), value, KeyedMap.IF_ABSENT) == 0;
  }

  @Override
  public <K, V> boolean containsKey(BpfKeyedMap<K, V> map, K key) {
    JavaMaps.Keyed bound = maps.keyed(map);
    return bound.map().find(bound.keyBytes(key), true) != null;
  }

  @Override
  public <K, V> boolean remove(BpfKeyedMap<K, V> map, K key) {
    JavaMaps.Keyed bound = maps.keyed(map);
    return bound.map().delete(bound.keyBytes(key)) == 0;
  }

  @Override
  @SuppressWarnings("unchecked") // the codec was made for the map's declared type
  public <K, V> @Nullable V getOnCpu(BpfMap<K, V> map, K key, int cpu) {
    JavaMaps.Keyed bound = maps.keyed(map);
    Region[] found = bound.map().find(bound.keyBytes(key), true);
    return found == null || cpu < 0 || cpu >= found.length ? null : (V) value(bound, found[cpu]);
  }

  @Override
  @SuppressWarnings("unchecked") // the codecs were made for the map's declared types
  public <K, V> void forEach(BpfMap<K, V> map, BiConsumer<K, V> body) {
    JavaMaps.Keyed bound = maps.keyed(map);
    byte[] key = bound.map().nextKey(null);
    while (key != null) {
      byte[] next = bound.map().nextKey(key);
      Region[] found = bound.map().find(key, false);
      if (found != null) {
        K decoded = (K) bound.key().read(MemorySegment.ofArray(key));
        body.accept(decoded, (V) value(bound, found));
      }
      key = next;
    }
  }

  @Override
  @SuppressWarnings("unchecked") // the codec was made for the map's declared type
  public <V> V element(BpfMap<Integer, V> array, int index) {
    return (V) element(maps.keyed(array), index);
  }

  private Object element(JavaMaps.Keyed array, int index) {
    Region[] found = array.map().find(array.keyBytes(index), true);
    if (found == null) {
      throw new IndexOutOfBoundsException(index);
    }
    return value(array, found);
  }

  @Override
  public <V> void element(BpfMap<Integer, V> array, int index, V value) {
    JavaMaps.Keyed bound = maps.keyed(array);
    if (update(bound, bound.keyBytes(index), value, 0) != 0) {
      throw new IndexOutOfBoundsException(index);
    }
  }

  @Override
  @SuppressWarnings("unchecked") // the codec was made for the map's declared type
  public <T> T scratch(PerCpu<T> scratch) {
    return (T) element(maps.keyed(scratch), 0);
  }

  @Override
  @SuppressWarnings("unchecked") // the codec was made for the ring's declared type
  public <E> @Nullable E reserve(RingBuffer<E> ring) {
    JavaMaps.Ring bound = maps.ring(ring);
    Region region = bound.map().reserve(bound.event().bytes());
    if (region == null) {
      statics.lost(bound.name());
      return null;
    }
    memory(region).fill((byte) 0);
    Object event = bound.event().construct();
    reserved.put(event, new Reservation(bound, region));
    return (E) event;
  }

  @Override
  public <E> void submit(RingBuffer<E> ring, E event) {
    Reservation record = reservation(event);
    record.ring().event().write(memory(record.region()), event);
    reserved.remove(event);
    record.ring().map().finish(record.region(), true);
  }

  @Override
  public <E> void discard(RingBuffer<E> ring, E event) {
    Reservation record = reservation(event);
    reserved.remove(event);
    record.ring().map().finish(record.region(), false);
  }

  @Override
  public @Nullable RingRecord reserve(RingBuffer<?> ring, int bytes) {
    JavaMaps.Ring bound = maps.ring(ring);
    Region region = bound.map().reserve(Integer.toUnsignedLong(bytes));
    if (region == null) {
      statics.lost(bound.name());
      return null;
    }
    JavaRingRecord record = helpers.record(region);
    reserved.put(record, new Reservation(bound, region));
    return record;
  }

  @Override
  public void submit(RingBuffer<?> ring, RingRecord record) {
    finish((JavaRingRecord) record, true);
  }

  @Override
  public void discard(RingBuffer<?> ring, RingRecord record) {
    finish((JavaRingRecord) record, false);
  }

  private void finish(JavaRingRecord record, boolean submit) {
    Reservation reservation = reservation(record);
    helpers.close(record);
    reserved.remove(record);
    reservation.ring().map().finish(reservation.region(), submit);
  }

  private Reservation reservation(Object event) {
    Reservation record = reserved.get(event);
    if (record == null) {
      throw new IllegalStateException("not a reserved record: " + event);
    }
    return record;
  }

  @Override
  public <K, V> boolean start(
      BpfTimer timer, BpfMap<K, V> map, long nanoseconds, BiConsumer<K, V> body) {
    JavaMaps.Keyed bound = maps.keyed(map);
    Region value = valueWith(timer);
    long due = environment.clock.nanos() + nanoseconds;
    environment.timers.start(value, due, () -> fire(bound, value, body));
    return true;
  }

  @Override
  public <K, V> boolean start(BpfWorkqueue work, BpfMap<K, V> map, BiConsumer<K, V> body) {
    JavaMaps.Keyed bound = maps.keyed(map);
    Region value = valueWith(work);
    environment.work.start(value, environment.clock.nanos(), () -> fire(bound, value, body));
    return true;
  }

  @Override
  public boolean restart(BpfTimer timer, long nanoseconds) {
    return environment.timers.restart(valueWith(timer), environment.clock.nanos() + nanoseconds);
  }

  @Override
  public boolean cancel(BpfTimer timer) {
    return environment.timers.cancel(valueWith(timer));
  }

  /// The value that a timer or work queue is in.
  private Region valueWith(Object member) {
    return live.entrySet().stream()
        .filter(entry -> JavaReflection.holds(entry.getValue().value(), member))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(member + " is in no value of a map"));
  }

  /// Runs the code of a timer or work queue as a program is run; where it would throw it ends.
  @SuppressWarnings("unchecked") // the codecs were made for the map's declared types
  private <K, V> void fire(JavaMaps.Keyed bound, Region value, BiConsumer<K, V> body) {
    shared.kernel.locked(
        () -> {
          byte[] key = bound.map().keyOf(value);
          if (key != null) {
            JavaHost host = new JavaHost(maps, statics, context, helpers, shared, types, 0);
            statics.load();
            try {
              Host.run(
                  host,
                  () -> {
                    K decoded = (K) bound.key().read(MemorySegment.ofArray(key));
                    body.accept(decoded, (V) host.value(bound, value));
                    return true;
                  });
            } catch (RuntimeException | Error e) {
              if (!JavaAborts.is(e)) {
                throw e;
              }
            } finally {
              host.flush();
              statics.store();
            }
          }
          shared.reap();
          shared.kernel.ranOrClosed.signalAll();
          return true;
        });
  }

  @Override
  public @Nullable Object storage(LocalStorage storage, Object owner, boolean create) {
    JavaMaps.Keyed bound = maps.keyed(storage);
    long address = JavaViews.address(owner);
    Region[] found = StorageHelpers.find(bound.map(), address, create);
    return found == null ? null : value(bound, found);
  }

  @Override
  public Object attachedStorage(Object storage) {
    JavaMaps.Keyed bound = maps.keyed(storage);
    return value(bound, StorageHelpers.attached(bound.map(), environment));
  }

  @Override
  public boolean deleteStorage(LocalStorage storage, Object owner) {
    JavaMaps.Keyed bound = maps.keyed(storage);
    return bound.map().delete(StorageHelpers.key(JavaViews.address(owner))) == 0;
  }

  @Override
  public ObjectHost objects() {
    return objects;
  }

  @Override
  public MapHost maps() {
    return others;
  }

  @Override
  public long call(String helper, @Nullable Object... arguments) {
    return helpers.call(helper, arguments);
  }

  @Override
  public <T> @Nullable T find(String helper, Class<T> view, @Nullable Object... arguments) {
    long address = helpers.call(helper, arguments);
    return address == 0 ? null : context.views().pointer(view, address);
  }

  @Override
  public long ask(String question, Object described) {
    return switch (question) {
      case "hasField", "hasType", "matches", "hasConstant" -> 1;
      case "valueOf" -> Scalar.toNumber(described);
      default ->
          throw new UnsupportedFeatureException(
              "the kernel's layout of its structs, which `" + question + "` asks for", null);
    };
  }

  @Override
  public <T> T currentTask(Class<T> view) {
    return context.views().pointer(view, environment.taskAddress);
  }

  /// Tasks have no memory here.
  @Override
  public <V> int findVma(Object task, long address, Class<V> view, Consumer<V> body) {
    return -Errno.ENOENT;
  }

  @Override
  public <T> Iterable<T> walk(String list, Class<T> view) {
    KernelIterator iterator = KernelIterator.ofMethod(list).orElseThrow();
    return environment.listed(iterator).stream()
        .map(address -> context.views().pointer(view, address))
        .toList();
  }

  /// A run has its kernel for itself, so nothing ever comes in between.
  @Override
  public Critical.Section enter(String section) {
    return () -> {};
  }

  @Override
  public <T> T viewAt(Class<T> view, long address) {
    return context.views().pointer(view, address);
  }

  @Override
  public long addressOf(Object view) {
    return JavaViews.address(view);
  }

  @Override
  public void printk(String format, Object... args) {
    Object[] shown =
        Stream.of(args).map(arg -> arg instanceof Boolean b ? (Object) (b ? 1 : 0) : arg).toArray();
    String line = String.format(Locale.ROOT, format, shown);
    environment.trace.add(line.endsWith("\n") ? line.substring(0, line.length() - 1) : line);
  }

  @Override
  public boolean isReturn() {
    return false;
  }

  @Override
  public boolean kernelHas(String symbol) {
    return environment.symbols.containsKey(symbol);
  }

  @Override
  public <T> void copy(T from, T to) {
    JavaReflection.copy(from, to);
  }
}
