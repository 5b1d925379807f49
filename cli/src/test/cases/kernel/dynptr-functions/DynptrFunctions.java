import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Dynptr;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.RingRecord;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.jspecify.annotations.Nullable;

/// Functions of the kernel that take dynptrs and make others of them.
@Bpf(license = "GPL")
public final class DynptrFunctions {

  @Struct
  static final class Buffer {
    final byte[] bytes = new byte[32];
  }

  @Struct
  static final class Head {
    int kind;
    int length;
  }

  @Struct
  static final class Args {
    int from;
    int to;
    int answer;
  }

  static final BpfArray<Buffer> buffers = BpfArray.create(2);
  static final RingBuffer<Head> events = RingBuffer.ofBytes(4096);
  static final int[] weights = {1, 10, 100};

  @Kfunc(since = "6.5")
  static native int bpfDynptrSize(Dynptr of);

  @Kfunc(since = "6.5")
  static native boolean bpfDynptrIsNull(Dynptr of);

  @Kfunc(since = "6.5")
  static native boolean bpfDynptrIsRdonly(Dynptr of);

  @Kfunc(since = "6.5")
  static native int bpfDynptrAdjust(Dynptr of, int from, int to);

  @Kfunc(since = "6.5")
  static native @Nullable Dynptr bpfDynptrClone(Dynptr of);

  @Kfunc(since = "6.16")
  static native int bpfDynptrCopy(Dynptr to, int at, Dynptr from, int begin, int count);

  @Kfunc(since = "6.17")
  static native int bpfDynptrMemset(Dynptr to, int at, int count, byte value);

  /// A part of memory, as it is seen and as it lies there.
  @Syscall
  static int part(Args args) {
    Buffer buffer = buffers.get(0);
    Dynptr whole = Helpers.dynptrFromMem(buffer.bytes, 0);
    Dynptr part = whole == null ? null : bpfDynptrClone(whole);
    if (part == null) {
      return -100;
    }
    args.answer = bpfDynptrAdjust(part, args.from, args.to);
    Head head = part.data(Head.class, 0);
    if (head != null) {
      head.kind = 3;
      head.length = bpfDynptrSize(part);
    }
    return bpfDynptrSize(part)
        + 100 * bpfDynptrSize(whole)
        + (bpfDynptrIsNull(part) ? 10_000 : 0)
        + (bpfDynptrIsRdonly(part) ? 20_000 : 0)
        + 100_000 * buffer.bytes[8];
  }

  @Syscall
  static int copies(Args args) {
    Buffer one = buffers.get(0);
    Buffer other = buffers.get(1);
    Dynptr from = Helpers.dynptrFromMem(one.bytes, 0);
    Dynptr to = Helpers.dynptrFromMem(other.bytes, 0);
    if (from == null || to == null) {
      return -100;
    }
    int filled = bpfDynptrMemset(from, args.from, 8, (byte) 9);
    args.answer = bpfDynptrCopy(to, 4, from, args.from, args.to);
    return filled != 0 ? filled : other.bytes[3] + 10 * other.bytes[4] + 100 * other.bytes[11];
  }

  /// A ring's record and a part of it, also where the program aborts.
  @Syscall
  static int record(Args args) {
    RingRecord record = events.reserve(16);
    if (record == null) {
      return -1;
    }
    bpfDynptrMemset(record, 0, 16, (byte) 1);
    Dynptr part = bpfDynptrClone(record);
    int weight = weights[args.from];
    if (part != null && bpfDynptrAdjust(part, 8, 16) == 0) {
      Head head = part.data(Head.class, 0);
      if (head != null) {
        head.kind = weight;
      }
    }
    events.submit(record);
    return weight;
  }

  /// A dynptr of a function, made again in each round.
  static Dynptr first(int buffer) {
    Dynptr some = Helpers.dynptrFromMem(buffers.get(buffer).bytes, 0);
    if (some == null) {
      throw new IllegalStateException();
    }
    return some;
  }

  @Syscall
  static int rounds(Args args) {
    int sum = 0;
    for (int i = 0; i < 2; i++) {
      Dynptr some = first(i);
      Head head = some.data(Head.class, args.from);
      if (head == null) {
        return -1;
      }
      head.kind += i + 1;
      sum += bpfDynptrSize(some) + head.kind;
    }
    return sum;
  }
}
