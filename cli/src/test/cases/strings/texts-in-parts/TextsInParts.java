import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// Parts of arrays and the beginnings of strings get texts, or zeroes where there are none.
@Bpf(license = "GPL")
public final class TextsInParts {

  @Struct
  static final class Args {
    int count;
    int from;
  }

  @Struct
  static final class Event {
    final BpfString text = BpfString.ofSize(6);
    final byte[] more = new byte[6];
  }

  static final RingBuffer<Event> events = RingBuffer.ofBytes(4_096);
  static final BpfString global = BpfString.ofSize(10);

  /// Nothing is there, so the part is zero and what is around it stays.
  @Syscall
  static int nothing(Args args) {
    byte[] bytes = {1, 2, 3, 4, 5, 6, 7, 8};
    int kernel = Helpers.probeReadKernelStr(bytes, args.from, 3, 16);
    int user = Helpers.probeReadUserStr(bytes, 6, args.count, 0);
    if (kernel >= 0 || user > 0) return -1;
    int sum = 0;
    for (byte each : bytes) {
      sum = 10 * sum + each;
    }
    return sum;
  }

  /// A string is empty where nothing is read, or as much as is asked for is none.
  @Syscall
  static int counted(Args args) {
    BpfString text = BpfString.ofSize(12);
    text.copyFrom("abcdefghijkl");
    int result = Helpers.probeReadKernel(text, args.count, 16);
    global.copyFrom("abcdefghij");
    Helpers.probeReadUser(global, args.from, 0);
    return (result < 0 ? 100 : 0) + text.length();
  }

  @Syscall
  static int recorded(Args args) {
    Event event = events.reserve();
    if (event == null) return -1;
    event.text.copyFrom("abcdef");
    Helpers.probeReadUser(event.text, args.count, 0);
    Helpers.probeReadKernelStr(event.more, 2, args.from, 16);
    events.submit(event);
    return 1;
  }
}
