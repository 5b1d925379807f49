package org.bpf4j.handle;

import java.lang.foreign.MemorySegment;
import org.bpf4j.handle.LoadedMap.UpdateMode;

/// Memory for many entries of a map, and calls that move as many at once as the kernel can.
///
/// Keys stand one behind the other, [org.bpf4j.object.MapDefinition#keySize] bytes each, and so do
/// values, [LoadedMap#valueBytes] bytes each. It is the thread's that made it. Where the kernel has
/// no such calls for a map (before 5.6, per-CPU arrays before 5.13, and some kinds) entries go one
/// by one.
public abstract class MapBatch implements AutoCloseable {

  /// Where the keys stand.
  public abstract MemorySegment keys();

  /// Where the values stand.
  public abstract MemorySegment values();

  /// How many entries there is room for.
  public abstract int capacity();

  /// Reads entries that were not read yet; the memory is another one after a call if there was too
  /// little.
  ///
  /// @return how many; 0 if there are no more
  public abstract int next();

  /// Reads entries and removes them.
  ///
  /// @return how many; 0 if there are no more
  /// @throws org.bpf4j.kernel.SyscallException if the map's entries cannot be removed
  public abstract int takeNext();

  /// Whether every entry was met that was there all the time, and none twice, as far as the kernel
  /// tells: entries that others remove may make it begin anew.
  public abstract boolean isComplete();

  /// Writes the first entries.
  ///
  /// @return how many were written: fewer than `count` if `mode` forbids the next one
  /// @throws org.bpf4j.kernel.MapFullException if the map has no room for one
  public abstract int store(int count, UpdateMode mode);

  /// Removes the first keys; those that are absent are passed over.
  ///
  /// @return how many were present
  public abstract int erase(int count);

  /// Frees the memory.
  @Override
  public abstract void close();
}
