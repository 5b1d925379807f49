import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.handle.Links;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Tracepoint;

@Bpf(license = "GPL")
public final class ExecCounter {

  static final BpfArray<AtomicLong> execs = BpfArray.create(1);

  @Tracepoint("syscalls/sys_enter_execve")
  static void onExecve() {
    AtomicLong count = execs.get(0);
    count.incrementAndGet();
  }

  public static void main(String[] arguments) {
    try (ExecCounterBpf bpf = ExecCounterBpf.load();
        Links links = bpf.attachAll()) {
      System.out.println(links.list().size() + " programs, " + bpf.execs().get(0) + " execs");
    }
  }
}
