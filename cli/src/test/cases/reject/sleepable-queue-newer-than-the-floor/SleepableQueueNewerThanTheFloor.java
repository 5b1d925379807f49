import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfQueue;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL", minKernel = "6.1")
public final class SleepableQueueNewerThanTheFloor {

  @Struct
  static final class Args {
    int key;
  }

  static final BpfQueue<Integer> waiting = BpfQueue.create(16);

  @Syscall
  static int program(Args args) {
    return waiting.push(args.key) ? 1 : 0;
  }
}
