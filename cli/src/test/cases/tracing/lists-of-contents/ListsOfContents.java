import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Iter;
import org.bpf4j.lang.IterContext;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class ListsOfContents {

  @KernelStruct("bpf_map")
  interface BpfMap {
    int maxEntries();
  }

  static final BpfHashMap<Integer, Long> kept = BpfHashMap.create(8);

  static int items;

  @Iter("bpf_map_elem")
  static void elements(IterContext out, BpfMap map) {
    items++;
    out.print("element %d of %d\n", items, map.maxEntries());
  }

  @Iter("sockmap")
  static void members(IterContext out, BpfMap map) {
    items++;
    out.print("socket %d of %d\n", items, map.maxEntries());
  }

  @Iter("bpf_sk_storage_map")
  static void storages(IterContext out, BpfMap map) {
    items++;
    out.print("storage %d\n", items);
  }

  @Syscall
  static int keep() {
    return kept.put(1, 1L) ? 1 : 0;
  }
}
