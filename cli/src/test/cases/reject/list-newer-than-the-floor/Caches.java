import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Iter;
import org.bpf4j.lang.IterContext;
import org.bpf4j.lang.KernelStruct;

@Bpf(license = "GPL", minKernel = "6.12")
public final class Caches {

  @KernelStruct("kmem_cache")
  interface KmemCache {}

  static int items;

  @Iter("kmem_cache")
  static void cache(IterContext out, KmemCache cache) {
    items++;
    out.print("%d\n", items);
  }
}
