import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Iter;
import org.bpf4j.lang.IterContext;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class ListsOfEverything {

  @KernelStruct("task_struct")
  interface TaskStruct {}

  @KernelStruct("file")
  interface File {}

  @KernelStruct("vm_area_struct")
  interface VmArea {}

  @KernelStruct("bpf_map")
  interface BpfMap {}

  @KernelStruct("bpf_prog")
  interface BpfProg {}

  @KernelStruct("bpf_link")
  interface BpfLink {}

  @KernelStruct("sock_common")
  interface SockCommon {}

  @KernelStruct("udp_sock")
  interface UdpSock {}

  @KernelStruct("unix_sock")
  interface UnixSock {}

  @KernelStruct("netlink_sock")
  interface NetlinkSock {}

  @KernelStruct("fib6_info")
  interface Fib6Info {}

  @KernelStruct("cgroup")
  interface Cgroup {}

  @KernelStruct("kallsym_iter")
  interface KallsymIter {}

  @KernelStruct("kmem_cache")
  interface KmemCache {}

  @KernelStruct("dma_buf")
  interface DmaBuf {}

  static final BpfHashMap<Integer, Long> kept = BpfHashMap.create(8);

  static int items;

  @Iter("task")
  static void task(IterContext out, TaskStruct task) {
    items++;
    out.print("task %d\n", items);
  }

  @Iter("task_file")
  static void taskFile(IterContext out, TaskStruct task, int number, File file) {
    items++;
    out.print("task_file %d\n", items);
  }

  @Iter("task_vma")
  static void taskVma(IterContext out, TaskStruct task, VmArea area) {
    items++;
    out.print("task_vma %d\n", items);
  }

  @Iter("bpf_map")
  static void bpfMap(IterContext out, BpfMap map) {
    items++;
    out.print("bpf_map %d\n", items);
  }

  @Iter("bpf_prog")
  static void bpfProg(IterContext out, BpfProg program) {
    items++;
    out.print("bpf_prog %d\n", items);
  }

  @Iter("bpf_link")
  static void bpfLink(IterContext out, BpfLink link) {
    items++;
    out.print("bpf_link %d\n", items);
  }

  @Iter("tcp")
  static void tcp(IterContext out, SockCommon socket, int user) {
    items++;
    out.print("tcp %d\n", items);
  }

  @Iter("udp")
  static void udp(IterContext out, UdpSock socket, int user) {
    items++;
    out.print("udp %d\n", items);
  }

  @Iter("unix")
  static void unix(IterContext out, UnixSock socket, int user) {
    items++;
    out.print("unix %d\n", items);
  }

  @Iter("netlink")
  static void netlink(IterContext out, NetlinkSock socket) {
    items++;
    out.print("netlink %d\n", items);
  }

  @Iter("ipv6_route")
  static void ipv6Route(IterContext out, Fib6Info route) {
    items++;
    out.print("ipv6_route %d\n", items);
  }

  @Iter("cgroup")
  static void cgroup(IterContext out, Cgroup group) {
    items++;
    out.print("cgroup %d\n", items);
  }

  @Iter("ksym")
  static void ksym(IterContext out, KallsymIter symbol) {
    items++;
    out.print("ksym %d\n", items);
  }

  @Iter("kmem_cache")
  static void kmemCache(IterContext out, KmemCache cache) {
    items++;
    out.print("kmem_cache %d\n", items);
  }

  @Iter("dmabuf")
  static void dmabuf(IterContext out, DmaBuf buffer) {
    items++;
    out.print("dmabuf %d\n", items);
  }

  @Syscall
  static int uses() {
    kept.put(1, 1L);
    return 0;
  }
}
