import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.UserRing;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class Commands {

  @Struct
  static final class Command {
    int port;
    boolean block;
    final BpfString reason = BpfString.ofSize(8);
  }

  @Struct
  static final class Args {
    int most;
    int drained;
    long sum;
  }

  static final UserRing<Command> commands = UserRing.ofBytes(1 << 12);
  static final BpfHashMap<Integer, Boolean> blocked = BpfHashMap.create(64);
  static int manual;
  static int rounds;

  /// Captures a struct and a number, and stops in the middle.
  @Syscall
  static int drainSome(Args args) {
    Args own = new Args();
    int most = args.most;
    args.drained =
        commands.drain(
            command -> {
              own.sum += command.port;
              own.drained++;
              return own.drained < most;
            });
    args.sum = own.sum;
    return 0;
  }

  @Xdp
  static XdpAction apply(XdpContext context) {
    int count = commands.drain(Commands::perform);
    rounds++;
    if (count < 0) {
      return XdpAction.ABORTED;
    }
    return count == 0 ? XdpAction.PASS : XdpAction.TX;
  }

  private static boolean perform(Command command) {
    if (command.reason.contentEquals("manual")) {
      manual++;
    }
    if (command.block) {
      blocked.put(command.port, true);
    } else {
      blocked.remove(command.port);
    }
    return true;
  }

  /// An index out of range in the middle: the record is taken out, the program aborts.
  @Syscall
  static int index(Args args) {
    int[] table = {10, 20, 30};
    commands.drain(
        command -> {
          rounds += table[command.port];
          return true;
        });
    return 1;
  }

  /// The kernel lets one drain at a time.
  @Syscall
  static int nested(Args args) {
    Args inner = new Args();
    args.drained =
        commands.drain(
            command -> {
              inner.drained = commands.drain(other -> true);
              return true;
            });
    return inner.drained;
  }
}
