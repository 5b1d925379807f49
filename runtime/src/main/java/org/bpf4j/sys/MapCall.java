package org.bpf4j.sys;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.bpf4j.handle.LoadedMap.UpdateMode;
import org.bpf4j.handle.MapAccess;
import org.jspecify.annotations.Nullable;

/// The calls of a map's hot path, with the memory that they need.
///
/// The attribute of bpf(2) is filled once: it points to this key and this value. A call is free, or
/// taken by one thread, or gone for ever.
final class MapCall extends MapAccess {

  private static final int LOOKUP = 1;
  private static final int UPDATE = 2;
  private static final int DELETE = 3;
  private static final int NEXT_KEY = 4;
  private static final int TAKE = 21;

  /// The offsets of the fields that `BPF_MAP_*_ELEM` use in `union bpf_attr`.
  private static final long MAP = 0;

  private static final long KEY = 8;
  private static final long VALUE = 16;
  private static final long FLAGS = 24;
  private static final int ATTR_BYTES = 32;

  /// `BPF_MAP_DELETE_ELEM` has no value.
  private static final int DELETE_BYTES = 16;

  private static final VarHandle STATE = state();

  /// A new call is taken, also for a thread that sees it before it is finished.
  private static final int TAKEN = 0;

  private static final int FREE = 1;
  private static final int GONE = 2;

  private final KernelMap map;
  private final CallPool pool;
  private final MemorySegment errno;
  private final MemorySegment attr;
  private final MemorySegment nextKey;
  private final @Nullable MappedElements elements;

  @SuppressWarnings("unused") // by its handle
  private volatile int state = TAKEN;

  private @Nullable Thread owner = Thread.currentThread();
  private boolean surplus;
  private @Nullable Runnable then;

  private MapCall(KernelMap map, CallPool pool, Arena arena, int keyBytes, int valueBytes) {
    super(arena.allocate(keyBytes, Long.BYTES), arena.allocate(valueBytes, Long.BYTES));
    this.map = map;
    this.pool = pool;
    this.elements = map.elements();
    errno = Native.newState(arena);
    nextKey = arena.allocate(keyBytes, Long.BYTES);
    attr = arena.allocate(ATTR_BYTES, Long.BYTES);
    attr.set(JAVA_INT, MAP, map.descriptor().number());
    attr.set(JAVA_LONG, KEY, keyBytes == 0 ? 0 : key().address());
    attr.set(JAVA_LONG, VALUE, value().address());
  }

  /// A call that is taken; its memory is freed with it.
  static MapCall of(KernelMap map, CallPool pool) {
    return new MapCall(map, pool, Arena.ofAuto(), map.definition().keySize(), map.valueBytes());
  }

  private static VarHandle state() {
    try {
      return MethodHandles.lookup().findVarHandle(MapCall.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /// Takes it if it is free.
  boolean tryTake() {
    if ((int) STATE.getOpaque(this) == FREE && STATE.compareAndSet(this, FREE, TAKEN)) {
      owner = Thread.currentThread();
      return true;
    }
    return false;
  }

  /// Says that it is forgotten when it is given back; for the thread that has it.
  void isOneTooMany() {
    surplus = true;
  }

  /// Lets the current thread do something when it gives the call back, if it has it.
  boolean endsWith(Runnable action) {
    boolean mine = isMine();
    if (mine) {
      then = action;
    }
    return mine;
  }

  @SuppressWarnings("ReferenceEquality") // a thread is itself alone
  private boolean isMine() {
    return owner == Thread.currentThread();
  }

  /// Takes it out of use.
  ///
  /// @return whether nobody uses it now
  boolean retire() {
    return (int) STATE.getAcquire(this) == GONE || STATE.compareAndSet(this, FREE, GONE);
  }

  @Override
  public void close() {
    if (!isMine()) {
      throw new IllegalStateException("this access is not of this thread, or was closed");
    }
    owner = null;
    Runnable next = then;
    then = null;
    if (surplus) {
      STATE.setRelease(this, GONE);
      pool.drop(this);
    } else {
      STATE.setRelease(this, FREE);
    }
    if (next != null) {
      next.run();
    }
  }

  @Override
  public boolean find() {
    return elements != null
        ? elements.read(key(), value())
        : map.present(call(LOOKUP, 0), "BPF_MAP_LOOKUP_ELEM");
  }

  @Override
  public boolean take() {
    return map.present(call(TAKE, 0), "BPF_MAP_LOOKUP_AND_DELETE_ELEM");
  }

  @Override
  public boolean erase() {
    return map.erased(Native.bpf(errno, DELETE, attr, DELETE_BYTES));
  }

  @Override
  public boolean store(UpdateMode mode) {
    if (elements != null && elements.isWritable() && mode != UpdateMode.IF_ABSENT) {
      if (!elements.write(key(), value())) {
        throw map.full(key());
      }
      return true;
    }
    return map.stored(call(UPDATE, mode.ordinal()), mode, key());
  }

  /// Finds the key behind another, or the first, and makes it this one's.
  ///
  /// @return whether there is one
  boolean goOn(boolean first) {
    attr.set(JAVA_LONG, KEY, first ? 0 : key().address());
    attr.set(JAVA_LONG, VALUE, nextKey.address());
    long result = call(NEXT_KEY, 0);
    attr.set(JAVA_LONG, KEY, key().byteSize() == 0 ? 0 : key().address());
    attr.set(JAVA_LONG, VALUE, value().address());
    boolean found = map.present(result, "BPF_MAP_GET_NEXT_KEY");
    if (found) {
      key().copyFrom(nextKey);
    }
    return found;
  }

  private long call(int command, long flags) {
    attr.set(JAVA_LONG, FLAGS, flags);
    return Native.bpf(errno, command, attr, ATTR_BYTES);
  }

  /// Makes another call while the map cannot be closed.
  ///
  /// @param other points to memory which the caller keeps for that long
  /// @return the result, or the negated error number
  long invoke(int command, MemorySegment other) {
    return Native.bpf(errno, command, other, (int) other.byteSize());
  }
}
