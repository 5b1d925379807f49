import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.KernelPointer;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class NotKept {

  @KernelStruct
  interface Inode {}

  @Struct
  static final class Slot {
    int count;
    final KernelPointer<Inode> inode = new KernelPointer<>();
  }

  static final BpfArray<Slot> slots = BpfArray.create(2);

  @Syscall
  static int program() {
    return slots.get(0).count;
  }
}
