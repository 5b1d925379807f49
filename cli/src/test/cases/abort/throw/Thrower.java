import java.util.NoSuchElementException;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfSpinLock;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;

@Bpf(license = "GPL")
public final class Thrower {

  enum Mode {
    PASS,
    DROP,
    NEVER
  }

  @Struct
  static final class Slot {
    final BpfSpinLock lock = new BpfSpinLock();
    int value;
  }

  static final BpfHashMap<Integer, Slot> slots = BpfHashMap.create(4);
  static int before;
  static int after;

  static int checked(int length) {
    if (length < 20) {
      throw new IllegalArgumentException("too short: " + length);
    }
    return length;
  }

  static int never(int length) {
    throw new UnsupportedOperationException("of " + length);
  }

  static Mode mode(int length) {
    return switch (length) {
      case 20 -> Mode.PASS;
      case 21 -> Mode.DROP;
      case 22 -> throw new NoSuchElementException();
      default -> Mode.NEVER;
    };
  }

  @Tc
  static TcAction function(TcContext context) {
    before++;
    int length = checked(context.length());
    after++;
    switch (mode(length)) {
      case PASS -> {
        return TcAction.OK;
      }
      case DROP -> {
        return TcAction.REDIRECT;
      }
      default -> throw new AssertionError();
    }
  }

  @Tc
  static TcAction always(TcContext context) {
    before++;
    if (context.length() > 20) {
      after = never(1);
    }
    return TcAction.OK;
  }

  @Tc
  static TcAction loop(TcContext context) {
    for (int i = 0; i < 30; i++) {
      before = i;
      if (i == context.length()) {
        throw new IllegalStateException();
      }
    }
    return TcAction.OK;
  }

  @Tc
  static TcAction lambda(TcContext context) {
    int length = context.length();
    Helpers.loop(
        30,
        i -> {
          before = i;
          if (i == length) {
            throw new IllegalStateException("round " + i);
          }
          return true;
        });
    return TcAction.OK;
  }

  @Tc
  static TcAction locked(TcContext context) {
    slots.put(1, new Slot());
    Slot slot = slots.get(1);
    if (slot == null) {
      return TcAction.OK;
    }
    int length = context.length();
    try (var _ = slot.lock.lock()) {
      slot.value = length;
      if (length == 20) {
        throw new IllegalStateException();
      }
      slot.value = 1;
    }
    return TcAction.OK;
  }
}
