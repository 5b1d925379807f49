import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfTaskStorage;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class AnotherObject {

  @KernelStruct
  interface Cred {}

  @Struct
  static final class Seen {
    int calls;
  }

  static final BpfTaskStorage<Seen> seen = BpfTaskStorage.create();

  @Syscall
  static int task() {
    return seen.get(Helpers.getCurrentTaskBtf(Cred.class)) == null ? 1 : 2;
  }
}
