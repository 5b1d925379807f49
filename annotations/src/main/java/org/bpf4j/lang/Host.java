package org.bpf4j.lang;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Who answers when a program's method runs as plain Java: the place of the kernel.
///
/// Maps and [Helpers] ask the host of the current thread, so that the body of a program runs in a
/// debugger as it runs in the kernel. Nothing but [#run] sets it. A host computes what the kernel
/// would; where the kernel would refuse an access that Java's type system cannot see, it throws,
/// and whoever called [#run] maps the exception to the program's abort value.
public interface Host {

  /// The host of this thread.
  ///
  /// @throws IllegalStateException if no program runs as Java on this thread
  static Host current() {
    return CurrentHost.host();
  }

  /// The host of this thread, asked by a map or a ring buffer.
  ///
  /// @throws IllegalStateException if no program runs as Java on this thread; it says how user
  ///   space gets at the map
  static Host of(Object map) {
    return CurrentHost.host(map);
  }

  /// Runs a program's body with this host.
  static <T extends @Nullable Object> T run(Host host, Supplier<T> body) {
    return CurrentHost.run(host, body);
  }

  /// The value of a key, or null: the same object for the same entry where it is mutable.
  <K, V> @Nullable V get(BpfKeyedMap<K, V> map, K key);

  /// Stores a copy of a value; returns whether there was room.
  <K, V> boolean put(BpfKeyedMap<K, V> map, K key, V value);

  /// Stores a copy of a value if the key is absent; returns whether it did.
  <K, V> boolean putIfAbsent(BpfKeyedMap<K, V> map, K key, V value);

  /// See [BpfHashMap#replace].
  default <K, V> boolean replace(BpfKeyedMap<K, V> map, K key, V value) {
    return containsKey(map, key) && put(map, key, value);
  }

  /// See [BpfHashMap#computeIfAbsent].
  default <K, V> @Nullable V computeIfAbsent(BpfKeyedMap<K, V> map, K key, Function<K, V> fresh) {
    V found = get(map, key);
    if (found == null) {
      putIfAbsent(map, key, fresh.apply(key));
      return get(map, key);
    }
    return found;
  }

  /// Whether a key is there; it counts as a use of the key.
  <K, V> boolean containsKey(BpfKeyedMap<K, V> map, K key);

  /// Removes a key; returns whether it was there.
  <K, V> boolean remove(BpfKeyedMap<K, V> map, K key);

  /// The value of a key on a CPU, or null: the same object for the same entry where it is mutable.
  <K, V> @Nullable V getOnCpu(BpfMap<K, V> map, K key, int cpu);

  /// Calls a function with each key and value of a map.
  <K, V> void forEach(BpfMap<K, V> map, BiConsumer<K, V> body);

  /// An array's element: the same object for the same element where it is mutable.
  ///
  /// @throws IndexOutOfBoundsException if there is no such index
  <V> V element(BpfMap<Integer, V> array, int index);

  /// Stores a copy of a value in an array's element.
  ///
  /// @throws IndexOutOfBoundsException if there is no such index
  <V> void element(BpfMap<Integer, V> array, int index, V value);

  /// The current CPU's scratch struct.
  <T> T scratch(PerCpu<T> scratch);

  /// A new record, all zero, or null if the ring buffer is full.
  <E> @Nullable E reserve(RingBuffer<E> ring);

  /// Hands a reserved record to user space.
  <E> void submit(RingBuffer<E> ring, E event);

  /// Gives a reserved record back.
  <E> void discard(RingBuffer<E> ring, E event);

  /// A new record of a length, or null if there is no room in the ring buffer.
  @Nullable RingRecord reserve(RingBuffer<?> ring, int bytes);

  /// Hands a reserved record to user space.
  void submit(RingBuffer<?> ring, RingRecord record);

  /// Gives a reserved record back.
  void discard(RingBuffer<?> ring, RingRecord record);

  /// See [BpfTimer#start].
  <K, V> boolean start(BpfTimer timer, BpfMap<K, V> map, long nanoseconds, BiConsumer<K, V> body);

  /// See [BpfWorkqueue#start].
  <K, V> boolean start(BpfWorkqueue work, BpfMap<K, V> map, BiConsumer<K, V> body);

  /// See [BpfTimer#restart].
  boolean restart(BpfTimer timer, long nanoseconds);

  /// See [BpfTimer#cancel].
  boolean cancel(BpfTimer timer);

  /// The value that hangs on an object of the kernel, or null: the same object for the same value.
  ///
  /// @param owner a view of the object
  /// @param create whether one is made if there is none
  @Nullable Object storage(LocalStorage storage, Object owner, boolean create);

  /// The value of the control group that the program is attached to: the same object each time.
  ///
  /// @param storage a [BpfCgroupLocalStorage] or [BpfPerCpuCgroupLocalStorage]
  Object attachedStorage(Object storage);

  /// Takes the value away that hangs on an object; returns whether there was one.
  boolean deleteStorage(LocalStorage storage, Object owner);

  /// Who answers for objects that programs make, and for locks.
  ObjectHost objects();

  /// Who answers for the other maps.
  MapHost maps();

  /// Calls a helper that gives a number, or nothing.
  ///
  /// @param helper the name of the method of [Helpers]
  /// @param arguments those of the method, in order; buffers are written in place
  /// @return what the kernel would give
  /// @throws UnsupportedOperationException if this host has no such helper
  long call(String helper, @Nullable Object... arguments);

  /// Calls a helper that gives a view, or null.
  ///
  /// @param helper the name of the method of [Helpers]
  /// @param view the interface of the result
  /// @param arguments those of the method, in order, without the view
  /// @throws UnsupportedOperationException if this host has no such helper
  <T> @Nullable T find(String helper, Class<T> view, @Nullable Object... arguments);

  /// Answers a question about the kernel's types.
  ///
  /// @param question the name of the method of [Core]
  /// @param described what it is about: a constant, a class or an accessor
  /// @return the answer; 0 or 1 for yes and no
  /// @throws UnsupportedOperationException if this host does not know
  long ask(String question, Object described);

  /// See [Helpers#currentTask].
  <T> T currentTask(Class<T> view);

  /// See [Helpers#findVma].
  <V> int findVma(Object task, long address, Class<V> view, Consumer<V> body);

  /// See [Walk].
  ///
  /// @param list the method's name
  <T> Iterable<T> walk(String list, Class<T> view);

  /// See [Critical].
  ///
  /// @param section the method's name
  Critical.Section enter(String section);

  /// See [Helpers#viewAt].
  <T> T viewAt(Class<T> view, long address);

  /// See [Helpers#addressOf].
  long addressOf(Object view);

  /// See [Helpers#printk].
  void printk(String format, Object... args);

  /// See [Helpers#sessionIsReturn].
  boolean isReturn();

  /// See [Helpers#kernelHas].
  boolean kernelHas(String symbol);

  /// See [Helpers#copy].
  <T> void copy(T from, T to);
}
