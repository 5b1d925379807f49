import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.RawTracepointWritable;
import org.bpf4j.lang.Struct;

@Bpf(license = "GPL")
public final class Writable {

  @Struct
  static final class Outcome {
    int error;
  }

  @Struct
  static final class Table {
    final int[] slots = new int[4];
  }

  static int process;
  static int seen;
  static int before;

  @RawTracepointWritable("bpf_test_finish")
  static void finish(Outcome outcome) {
    if (process != 0 && (int) (Helpers.getCurrentPidTgid() >>> 32) != process) {
      return;
    }
    seen++;
    before = outcome.error;
    outcome.error = -7;
  }

  @RawTracepointWritable("bpf_test_finish")
  static int look(Outcome outcome, long second) {
    seen += 10;
    return (int) second;
  }

  @RawTracepointWritable("bpf_test_finish")
  static void table(Table table) {
    for (int i = 0; i < table.slots.length; i++) {
      table.slots[i] += i;
    }
    table.slots[seen & 3] = 9;
  }

  @RawTracepointWritable("bpf_test_finish")
  static void nothing() {
    seen += 100;
  }
}
