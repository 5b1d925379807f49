package org.bpf4j.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bpf4j.handle.LoadedData;
import org.bpf4j.handle.MapMemory;
import org.bpf4j.object.MapDefinition;

/// An arena in Linux: pages that lie at one address for programs' references and user space.
///
/// All pages are there from the start, unless programs provide them: what user space reads, the
/// kernel provides (`arena_vm_fault`), and programs of most kinds could not.
public final class KernelArena implements LoadedData, AutoCloseable {

  private final MapDefinition definition;
  private final Descriptor descriptor;
  private final Arena owner = Arena.ofShared();
  private final MemorySegment memory;
  private final Lifetime lifetime;

  /// Takes ownership of a map's descriptor, and of the place where it lies.
  ///
  /// @param provided whether programs provide the pages
  public KernelArena(
      MapDefinition definition, Descriptor descriptor, ArenaPlace place, boolean provided) {
    this.definition = definition;
    this.descriptor = descriptor;
    memory = place.map(descriptor, owner);
    for (long at = 0; at < memory.byteSize() && !provided; at += Memory.PAGE_BYTES) {
      memory.get(ValueLayout.JAVA_BYTE, at);
    }
    lifetime =
        new Lifetime(
            "arena `" + definition.name() + "`",
            () -> {
              owner.close();
              descriptor.close();
            });
  }

  /// The map's descriptor, for those who load programs.
  public Descriptor descriptor() {
    return descriptor;
  }

  /// How much memory of the kernel it takes.
  MapMemory kernelMemory() {
    lifetime.enter();
    try {
      return KernelFiles.memory(descriptor, definition);
    } finally {
      lifetime.leave();
    }
  }

  @Override
  public MemorySegment segment() {
    lifetime.enter();
    try {
      return memory;
    } finally {
      lifetime.leave();
    }
  }

  @Override
  public void close() {
    lifetime.close();
  }
}
