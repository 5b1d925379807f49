import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Dynptr;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class PreviousDynptr {

  @Struct
  static final class Head {
    int kind;
  }

  @Struct
  static final class Buffer {
    final byte[] bytes = new byte[16];
  }

  static final BpfArray<Buffer> buffers = BpfArray.create(4);

  @Syscall
  static int slices() {
    Head last = null;
    int sum = 0;
    for (int i = 0; i < 4; i++) {
      Dynptr bytes = Helpers.dynptrFromMem(buffers.get(i).bytes, 0);
      if (bytes == null) {
        return -1;
      }
      if (last != null) {
        sum += last.kind;
      }
      last = bytes.data(Head.class, 4);
    }
    return sum;
  }
}
