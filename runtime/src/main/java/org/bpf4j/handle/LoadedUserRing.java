package org.bpf4j.handle;

import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/// A ring buffer in a kernel that user space fills and programs drain, as bytes; [RingWriter] is
/// its typed face.
///
/// Threads of this process may share it. Programs see records in the order in which their room was
/// taken.
public interface LoadedUserRing extends Pinnable {

  /// Takes room for a record, fills it, and hands it to programs.
  ///
  /// If the writer throws, programs pass the record over, and the exception leaves this method.
  ///
  /// @param bytes the record's length
  /// @param writer fills the record, which is zero; the segment dies when it returns
  /// @return whether there was room
  /// @throws IllegalArgumentException if the ring is too small for such a record at any time
  boolean offer(int bytes, Consumer<MemorySegment> writer);

  /// The ring's name.
  String name();

  /// The ring's size in bytes; each record takes 8 more than its own.
  int size();
}
