import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class AbortInACallback {

  @Struct
  static final class Event {
    int value;
  }

  static final RingBuffer<Event> events = RingBuffer.ofBytes(4096);
  static final BpfHashMap<Integer, Integer> divisors = BpfHashMap.create(4);
  static int rounds;
  static int inner;

  @Xdp
  static XdpAction program(XdpContext ctx) {
    int length = ctx.length();
    Event held = events.reserve();
    if (held == null) {
      return XdpAction.DROP;
    }
    int[] table = new int[8];
    divisors.forEach(
        (key, divisor) -> {
          Helpers.loop(
              divisor,
              i -> {
                inner++;
                Event own = events.reserve();
                if (own == null) {
                  return false;
                }
                own.value = 100 / (3 - i);
                table[key + i] = own.value;
                events.submit(own);
                return true;
              });
          rounds++;
        });
    held.value = table[2] + length;
    events.submit(held);
    return XdpAction.PASS;
  }
}
