import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Dynptr;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// Memory of maps and static fields that knows how long it is.
@Bpf(license = "GPL")
public final class Dynptrs {

  @Struct
  static final class Head {
    int kind;
    int length;
  }

  @Struct
  static final class Buffer {
    int used;
    final byte[] bytes = new byte[24];
    final BpfString name = BpfString.ofSize(8);
  }

  @Struct
  static final class Args {
    int at;
    int flags;
    int answer;
    final byte[] payload = new byte[8];
  }

  static final BpfArray<Buffer> buffers = BpfArray.create(1);
  static final byte[] shared = new byte[16];
  static final long[] words = new long[2];

  static int mark(boolean there, int weight) {
    return there ? weight : 0;
  }

  /// Structs, arrays and parts of them, within and beyond.
  @Syscall
  static int map(Args args) {
    Buffer buffer = buffers.get(0);
    Dynptr bytes = Helpers.dynptrFromMem(buffer.bytes, args.flags);
    if (bytes == null) {
      return -1;
    }
    Head head = new Head();
    head.kind = 7;
    head.length = args.at;
    int answer = mark(bytes.write(args.at, head), 1);
    answer += mark(bytes.write(16, args.payload, 0, 4), 10);
    answer += mark(bytes.write(20, args.payload), 100);
    Head back = new Head();
    answer += mark(bytes.read(args.at, back), 1_000);
    answer += back.kind * 10_000;
    answer += mark(bytes.read(22, args.payload, 2, 2), 100_000);
    args.answer = answer;
    Dynptr name = Helpers.dynptrFromMem(buffer.name, 0);
    if (name != null) {
      name.write(0, args.payload, 0, 4);
      buffer.used = buffer.name.contentEquals("abcd") ? 1 : 2;
    }
    return buffer.bytes[16];
  }

  /// What a static field has, and what is written while it is read.
  @Syscall
  static int field(Args args) {
    Dynptr bytes = Helpers.dynptrFromMem(shared, 0);
    Dynptr numbers = Helpers.dynptrFromMem(words, 0);
    if (bytes == null || numbers == null) {
      return -1;
    }
    shared[3] = 5;
    bytes.read(0, args.payload);
    bytes.write(8, args.payload, 3, 1);
    words[1] = 0x0807_0605_0403_0201L;
    args.answer = args.payload[3];
    byte[] four = new byte[4];
    numbers.read(10, four);
    return shared[8] * 1_000 + four[0] * 100 + four[3];
  }

  /// One of two, chosen when the program runs.
  static boolean fill(Dynptr to, Args args) {
    return to.write(args.at, args.payload);
  }

  @Syscall
  static int chosen(Args args) {
    Buffer buffer = buffers.get(0);
    Dynptr one = Helpers.dynptrFromMem(buffer.bytes, 0);
    Dynptr other = Helpers.dynptrFromMem(shared, args.flags);
    if (one == null) {
      return -1;
    }
    return mark(fill(one, args), 1) + mark(other != null && fill(other, args), 2);
  }
}
