import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tracepoint;
import org.bpf4j.lang.TracepointArgs;
import org.bpf4j.lang.UserRing;

/// Takes commands out of a ring that user space fills, whenever it makes a certain system call, and
/// answers by another ring.
@Bpf(license = "Dual BSD/GPL")
public final class Commands {

  @Struct
  static final class Command {
    int key;
    int add;
  }

  @Struct
  static final class Answer {
    int key;
    int sum;
  }

  static final UserRing<Command> commands = UserRing.ofBytes(1 << 12);
  static final RingBuffer<Answer> answers = RingBuffer.ofBytes(1 << 12);
  static final BpfHashMap<Integer, Integer> sums = BpfHashMap.create(64);

  @TracepointArgs("trace_event_raw_sys_enter")
  interface Kill {
    @Field("args[1]")
    long signal();
  }

  static int handled;

  @Tracepoint("syscalls/sys_enter_kill")
  static void onKill(Kill kill) {
    if (kill.signal() == 0) {
      handled += commands.drain(Commands::handle);
    }
  }

  private static boolean handle(Command command) {
    Integer before = sums.get(command.key);
    int sum = (before == null ? 0 : before) + command.add;
    sums.put(command.key, sum);
    Answer answer = answers.reserve();
    if (answer == null) {
      return false;
    }
    answer.key = command.key;
    answer.sum = sum;
    answers.submit(answer);
    return true;
  }
}
