import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Iter;
import org.bpf4j.lang.IterContext;
import org.bpf4j.lang.KernelStruct;
import org.jspecify.annotations.Nullable;

/// A listing with a heading and numbered lines.
@Bpf(license = "GPL")
public final class Numbered {

  @KernelStruct
  interface BpfMap {
    int id();
  }

  static long items;
  static long session = -1;

  @Iter("bpf_map")
  static void list(IterContext out, @Nullable BpfMap map) {
    if (map == null) {
      out.print("%d in all\n", out.seqNum());
      return;
    }
    if (out.seqNum() == 0) out.print("number id\n");
    session = out.sessionId();
    items = out.seqNum() + 1;
    out.print("%d %d\n", out.seqNum(), map.id());
  }

  @Iter("bpf_prog")
  static void first(IterContext out) {
    heading(out);
  }

  static void heading(IterContext out) {
    if (out.seqNum() == 0) out.print("session %d\n", out.sessionId());
  }
}
