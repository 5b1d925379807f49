import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Usdt;

/// Sees where a process sets and takes long jumps, by the static probes of the C library.
@Bpf(license = "GPL")
public final class SetjmpProbe {

  @Struct
  static final class Jump {
    int process;
    boolean taken;
    int value;
    long target;
  }

  static final RingBuffer<Jump> jumps = RingBuffer.ofBytes(1 << 16);

  @Config static int process = -1;

  @Usdt(binary = "libc.so.6", provider = "libc", name = "setjmp")
  static void set(long environment, int value, long target) {
    report(false, value, target);
  }

  @Usdt(binary = "libc.so.6", provider = "libc", name = "longjmp")
  static void take(long environment, int value, long target) {
    report(true, value, target);
  }

  private static void report(boolean taken, int value, long target) {
    int current = (int) (Helpers.getCurrentPidTgid() >>> 32);
    if (process >= 0 && current != process) {
      return;
    }
    Jump jump = jumps.reserve();
    if (jump != null) {
      jump.process = current;
      jump.taken = taken;
      jump.value = value;
      jump.target = target;
      jumps.submit(jump);
    }
  }
}
