import org.bpf4j.lang.Address;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Constant;
import org.bpf4j.lang.Core;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

/// What is behind a context, and an address that is read as a struct.
@Bpf(license = "GPL")
public final class Casts {

  @KernelStruct("sk_buff")
  interface SkBuff {
    int len();

    NetDevice dev();
  }

  @KernelStruct("xdp_buff")
  interface XdpBuff {
    int frameSz();
  }

  @KernelStruct("net_device")
  interface NetDevice {
    int ifindex();
  }

  @KernelStruct("task_struct")
  interface Task {
    int tgid();

    Task realParent();
  }

  @Struct
  static final class Args {
    long offset;
  }

  @Kfunc(value = "bpf_cast_to_kern_ctx", since = "6.2")
  static native SkBuff buffer(TcContext ctx);

  @Kfunc(value = "bpf_cast_to_kern_ctx", since = "6.2")
  static native XdpBuff frame(XdpContext ctx);

  @Kfunc(value = "bpf_rdonly_cast", since = "6.2")
  static native Task task(@Address long address, @Constant int type);

  @Tc
  static TcAction packet(TcContext ctx) {
    SkBuff buffer = buffer(ctx);
    return buffer.len() == ctx.length() && buffer.dev().ifindex() == ctx.ifindex()
        ? TcAction.OK
        : TcAction.SHOT;
  }

  @Xdp
  static XdpAction length(XdpContext ctx) {
    return frame(ctx).frameSz() >= ctx.length() ? XdpAction.PASS : XdpAction.DROP;
  }

  /// What is read where nothing is gives zero.
  @Syscall
  static int process(Args args) {
    long self = Helpers.addressOf(Helpers.getCurrentTaskBtf(Task.class));
    Task task = task(self * args.offset, Core.kernelTypeId(Task.class));
    int own = (int) (Helpers.getCurrentPidTgid() >>> 32);
    return task.tgid() == own ? 1 : task.tgid() + task.realParent().tgid();
  }
}
