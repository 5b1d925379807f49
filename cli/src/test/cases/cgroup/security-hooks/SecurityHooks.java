import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfCgroupLocalStorage;
import org.bpf4j.lang.CgroupAction;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.LsmCgroup;
import org.bpf4j.lang.Struct;

@Bpf(license = "GPL")
public final class SecurityHooks {

  @KernelStruct("socket")
  interface Socket {}

  @Struct
  static final class Uses {
    int listens;
  }

  static final BpfCgroupLocalStorage<Uses> uses = BpfCgroupLocalStorage.create();

  static int listens;

  @LsmCgroup("socket_listen")
  static CgroupAction listen(Socket socket, int backlog) {
    listens = ++uses.get().listens;
    return 100 / backlog > 10 ? CgroupAction.ALLOW : CgroupAction.DENY;
  }
}
