import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.CgroupBind4;
import org.bpf4j.lang.CgroupBindAction;
import org.bpf4j.lang.SocketAddress4Context;

@Bpf(license = "GPL", minKernel = "5.10")
public final class ActionNewerThanTheFloor {

  @CgroupBind4
  static CgroupBindAction program(SocketAddress4Context context) {
    return CgroupBindAction.ALLOW_PRIVILEGED_PORT;
  }
}
