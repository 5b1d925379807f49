package org.bpf4j.examples.maps;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.MapFlag;
import org.bpf4j.lang.MapFlags;
import org.bpf4j.lang.Pinned;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;

/// A program whose maps others see too.
@Bpf(license = "GPL")
public final class SharedMaps {

  @Pinned static final BpfHashMap<Integer, Long> bpf4j_test_kept = BpfHashMap.create(4);

  static final BpfHashMap<Integer, Long> given = BpfHashMap.create(4);

  @MapFlags(MapFlag.MMAPABLE)
  static final BpfArray<Long> mapped = BpfArray.create(600);

  private SharedMaps() {}

  @Xdp
  static XdpAction count() {
    Long before = bpf4j_test_kept.get(1);
    bpf4j_test_kept.put(1, before == null ? 1L : before + 1);
    Long other = given.get(1);
    given.put(1, other == null ? 1L : other + 1);
    mapped.put(599, mapped.get(0) * 2);
    return XdpAction.PASS;
  }
}
