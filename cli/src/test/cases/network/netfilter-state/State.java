import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Netfilter;
import org.bpf4j.lang.NetfilterAction;
import org.bpf4j.lang.NetfilterContext;
import org.bpf4j.lang.U8;

@Bpf(license = "GPL")
public final class State {

  @KernelStruct("nf_hook_state")
  interface HookState {
    @U8
    int hook();

    @U8
    int pf();
  }

  @KernelStruct("sk_buff")
  interface Packet {
    int len();
  }

  static int hook = -1;
  static int family;
  static int bytes;

  @Netfilter
  static NetfilterAction look(NetfilterContext context) {
    HookState state = context.state(HookState.class);
    hook = state.hook();
    family = state.pf();
    bytes = context.packet(Packet.class).len();
    return NetfilterAction.ACCEPT;
  }
}
