package org.bpf4j.compiler.ast;

import org.bpf4j.object.MapKind;

/// A map class of the library, and the kernel's map type behind it.
public enum MapForm {
  ARRAY("BpfArray", MapKind.ARRAY),
  PERCPU_ARRAY("BpfPerCpuArray", MapKind.PERCPU_ARRAY),
  HASH("BpfHashMap", MapKind.HASH),
  LRU_HASH("BpfLruHashMap", MapKind.LRU_HASH),
  PERCPU_HASH("BpfPerCpuHashMap", MapKind.PERCPU_HASH),
  LRU_PERCPU_HASH("BpfLruPerCpuHashMap", MapKind.LRU_PERCPU_HASH),
  /// One value for each CPU, used as scratch memory.
  PER_CPU("PerCpu", MapKind.PERCPU_ARRAY),
  RING("RingBuffer", MapKind.RINGBUF);

  private final String simpleName;
  private final MapKind kind;

  MapForm(String simpleName, MapKind kind) {
    this.simpleName = simpleName;
    this.kind = kind;
  }

  /// The qualified name of the class in the annotations module.
  public String className() {
    return "org.bpf4j.lang." + simpleName;
  }

  /// The kernel's map type.
  public MapKind kind() {
    return kind;
  }

  /// Whether a lookup finds every key in range: the null test is then the compiler's.
  public boolean neverNull() {
    return kind.isArray();
  }
}
