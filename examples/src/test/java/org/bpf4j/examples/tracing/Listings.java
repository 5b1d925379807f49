package org.bpf4j.examples.tracing;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Iter;
import org.bpf4j.lang.IterContext;
import org.bpf4j.lang.KernelStruct;

/// Lists threads and maps.
@Bpf(license = "GPL")
public final class Listings {

  @KernelStruct
  interface TaskStruct {
    int pid();

    int tgid();
  }

  @KernelStruct
  interface BpfMap {
    int id();

    int maxEntries();
  }

  static final BpfHashMap<Integer, Long> kept = BpfHashMap.create(4711);

  static long items;

  @Iter("task")
  static void tasks(IterContext out, TaskStruct task) {
    items++;
    out.print("%d of %d\n", task.pid(), task.tgid());
  }

  @Iter("bpf_map")
  static void maps(IterContext out, BpfMap map) {
    if (map.maxEntries() == 4711) {
      out.print("map %d has room for %d, %x, %d\n", map.id(), 4711, 4711, map.maxEntries());
      out.print("end\n");
    }
    if (items == Long.MIN_VALUE) {
      kept.put(1, items);
    }
  }

  private Listings() {}
}
