import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Dynptr;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.RingRecord;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.jspecify.annotations.Nullable;

@Bpf(license = "GPL")
public final class SubmittedPart {

  @Struct
  static final class Head {
    int kind;
  }

  static final RingBuffer<Head> events = RingBuffer.ofBytes(4096);

  @Kfunc(since = "6.5")
  static native @Nullable Dynptr bpfDynptrClone(Dynptr of);

  @Syscall
  static int program() {
    RingRecord record = events.reserve(16);
    if (record == null) {
      return -1;
    }
    Dynptr part = bpfDynptrClone(record);
    events.submit(record);
    Head head = new Head();
    return part != null && part.read(0, head) ? head.kind : 0;
  }
}
