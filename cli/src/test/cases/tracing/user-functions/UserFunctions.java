import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.KprobeMulti;
import org.bpf4j.lang.KretprobeMulti;
import org.bpf4j.lang.PerfEvent;
import org.bpf4j.lang.PerfEventSample;
import org.bpf4j.lang.Uprobe;
import org.bpf4j.lang.UprobeMulti;
import org.bpf4j.lang.Uretprobe;
import org.bpf4j.lang.UretprobeMulti;

@Bpf(license = "GPL")
public final class UserFunctions {

  static long sum;

  @Uprobe(binary = "libc.so.6", function = "strncmp", offset = 4, sleepable = true)
  static void compare(long left, long right, int bytes) {
    sum = left - right + bytes;
  }

  @Uretprobe(binary = "libc.so.6", function = "strncmp")
  static int compared(short result) {
    sum += result;
    return result < 0 ? 1 : 0;
  }

  @UprobeMulti(
      binary = "/usr/bin/env",
      functions = {"main", "usage*"})
  static void many(boolean flag) {
    sum = flag ? 1 : 2;
  }

  @UretprobeMulti(binary = "libc.so.6", functions = "str*", sleepable = true)
  static void returned(long result) {
    sum = result;
  }

  @KprobeMulti("vfs_*")
  static void called(byte first) {
    sum = first;
  }

  @KretprobeMulti({"vfs_read", "vfs_write"})
  static void done(char result) {
    sum = result;
  }

  @PerfEvent
  static void sample(PerfEventSample sample) {
    sum += sample.samplePeriod();
  }
}
