import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.BtfTracepoint;
import org.bpf4j.lang.Embedded;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Iter;
import org.bpf4j.lang.IterContext;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Lsm;
import org.bpf4j.lang.Size;
import org.bpf4j.lang.Syscall;

/// An address that the kernel knows is a number as soon as the program has it as one.
@Bpf(license = "GPL")
public final class AddressesAsNumbers {

  @KernelStruct
  interface TaskStruct {
    int tgid();

    TaskStruct realParent();

    MmStruct mm();

    @Embedded
    SchedEntity se();

    @Size(16)
    byte comm(int index);

    @Field("real_parent")
    long parentAddress();
  }

  @KernelStruct
  interface SchedEntity {}

  @KernelStruct
  interface MmStruct {
    File exeFile();
  }

  @KernelStruct
  interface File {
    int fFlags();
  }

  record Pair(long one, long other) {}

  static final BpfHashMap<Long, Long> seen = BpfHashMap.create(8);
  static final BpfHashMap<Pair, TaskStruct> pairs = BpfHashMap.create(8);
  static final BpfHashMap<Integer, File> files = BpfHashMap.create(8);
  static final BpfArray<AtomicLong> sums = BpfArray.create(4);
  static final BpfString text = BpfString.ofSize(64);
  static final AtomicLong last = new AtomicLong();
  static long word = 1;
  static int number = 1;
  static int state;

  @BtfTracepoint("sched_switch")
  static int compute(boolean preempt, TaskStruct previous, TaskStruct next) {
    long address = Helpers.addressOf(next);
    word = address + 8 - 8;
    word ^= address & ~0xfL | address << 3 | address >>> 7 | address >> 2;
    word += address * 31 + address / 3 + address % 5 + -address + ~address;
    word -= Long.hashCode(address) + Long.reverseBytes(address) + Long.bitCount(address);
    number = (int) address + (short) (address >> 32) + (byte) address;
    if (address > Helpers.addressOf(previous)) {
      number++;
    }
    if (Helpers.addressOf(previous) - address >= 1L << 40 || (int) address == 77) {
      number--;
    }
    number += address == Helpers.addressOf(previous.realParent()) ? 2 : 3;
    return (int) address;
  }

  @BtfTracepoint("sched_wakeup")
  static int keep(TaskStruct task) {
    long address = Helpers.addressOf(task);
    Long before = seen.get(address);
    seen.put(address, before == null ? address : before + address);
    pairs.put(new Pair(address, address >> 1), task);
    sums.get((int) (address & 3)).addAndGet(address);
    last.set(address);
    last.getAndUpdate(old -> Math.max(old, address));
    last.compareAndSet(address, Helpers.addressOf(task.se()));
    text.format("%x %d", address, Helpers.addressOf(task));
    Helpers.printk("%x", address);
    seen.remove(Helpers.addressOf(task) + 1);
    state =
        switch ((int) address) {
          case 0 -> 1;
          case 5 -> 2;
          default -> 3;
        };
    return sum(address, Helpers.addressOf(task.realParent()));
  }

  private static int sum(long one, long other) {
    long all = 0;
    for (int i = 0; i < 3; i++) {
      all += one ^ other;
      one = other;
      other = all;
    }
    return (int) all;
  }

  /// What is at a place that depends, or in one of two structs of which the kernel knows one.
  @BtfTracepoint("sched_wakeup_new")
  static int either(TaskStruct task) {
    word = task.comm(task.tgid() & 15);
    long parent = task.parentAddress();
    word += parent >> 4;
    TaskStruct again = Helpers.viewAt(TaskStruct.class, parent);
    word += again.tgid() + Helpers.viewAt(TaskStruct.class, parent + 64).tgid();
    MmStruct mm = task.mm();
    if (mm == null) {
      return 5;
    }
    File file = word == 0 ? mm.exeFile() : files.get(1);
    if (file != null) {
      number = file.fFlags();
    }
    return number + deeper(mm.exeFile(), file);
  }

  private static int deeper(File one, File other) {
    int flags = one == null ? 0 : one.fFlags();
    for (int i = 0; i < 4; i++) {
      flags += other == null ? 1 : other.fFlags() * i;
    }
    return flags;
  }

  @Lsm("file_open")
  static int mayOpen(File file) {
    return (Helpers.addressOf(file) & 1) == 0 ? 0 : -1;
  }

  @Iter("task")
  static void tasks(IterContext out, TaskStruct task) {
    long address = Helpers.addressOf(task);
    out.print("%x %d\n", address, address >>> 3);
    number = (int) address;
  }

  @Syscall
  static int current() {
    TaskStruct task = Helpers.getCurrentTaskBtf(TaskStruct.class);
    return (int) (Helpers.addressOf(task) >> 63);
  }
}
