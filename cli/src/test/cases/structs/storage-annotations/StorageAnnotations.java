import org.bpf4j.lang.Be16;
import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Be64;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.S16;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.U32;
import org.bpf4j.lang.U8;

@Bpf(license = "GPL")
public final class StorageAnnotations {

  @Struct
  static final class Frame {
    @U8 int kind;
    @Be16 int port;
    @Be32 int address;
    @Be64 long stamp;
    @U32 long wide;
    @S16 int delta;
  }

  @Syscall
  static int shift(Frame frame) {
    int sum = frame.kind + frame.port + frame.delta;
    frame.port = frame.port - 1;
    frame.address = frame.address << 8;
    frame.stamp++;
    frame.wide = frame.wide >> 1;
    frame.delta = -frame.delta;
    return sum;
  }
}
