package org.bpf4j.handle;

import java.lang.foreign.MemorySegment;

/// A data section in a kernel: memory shared with the programs.
public interface LoadedData {

  /// The section's memory; reads and writes need no system call.
  ///
  /// @throws IllegalStateException if the object is closed
  MemorySegment segment();
}
