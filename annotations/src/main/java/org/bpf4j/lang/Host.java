package org.bpf4j.lang;

import java.util.function.BiConsumer;
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

  /// Whether a key is there; it counts as a use of the key.
  <K, V> boolean containsKey(BpfKeyedMap<K, V> map, K key);

  /// Removes a key; returns whether it was there.
  <K, V> boolean remove(BpfKeyedMap<K, V> map, K key);

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

  /// Takes a lock; a run has its kernel for itself, so nobody ever waits.
  ///
  /// @throws IllegalStateException if another one is held
  BpfSpinLock.Held hold(BpfSpinLock lock);

  /// Who answers for the other maps.
  MapHost maps();

  /// See [Helpers#ktimeGetNs].
  long ktimeGetNs();

  /// See [Helpers#ktimeGetBootNs].
  long ktimeGetBootNs();

  /// See [Helpers#ktimeGetCoarseNs].
  long ktimeGetCoarseNs();

  /// See [Helpers#ktimeGetTaiNs].
  long ktimeGetTaiNs();

  /// See [Helpers#jiffies64].
  long jiffies64();

  /// See [Helpers#getPrandomU32].
  int getPrandomU32();

  /// See [Helpers#getSmpProcessorId].
  int getSmpProcessorId();

  /// See [Helpers#getNumaNodeId].
  int getNumaNodeId();

  /// See [Helpers#getCurrentPidTgid].
  long getCurrentPidTgid();

  /// See [Helpers#getCurrentUidGid].
  long getCurrentUidGid();

  /// See [Helpers#getCurrentTask].
  long getCurrentTask();

  /// See [Helpers#getCurrentCgroupId].
  long getCurrentCgroupId();

  /// See [Helpers#getCurrentComm].
  void getCurrentComm(BpfString to);

  /// See [Helpers#currentTask].
  <T> T currentTask(Class<T> view);

  /// See [Helpers#probeReadKernelStr].
  int probeReadKernelStr(BpfString to, long address);

  /// See [Helpers#probeReadUserStr].
  int probeReadUserStr(BpfString to, long address);

  /// See [Helpers#redirect].
  long redirect(int ifindex, int flags);

  /// See [Helpers#sendSignal].
  int sendSignal(int signal);

  /// See [Helpers#printk].
  void printk(String format, Object... args);

  /// See [Helpers#copy].
  <T> void copy(T from, T to);
}
