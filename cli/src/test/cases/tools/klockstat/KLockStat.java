import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Fentry;
import org.bpf4j.lang.Fexit;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kprobe;
import org.bpf4j.lang.Kretprobe;
import org.bpf4j.lang.StackTraceMap;
import org.bpf4j.lang.Struct;

/// Time that tasks wait for and hold mutexes, by stack.
@Bpf(license = "GPL")
public final class KLockStat {
  record TaskLock(long taskId, long lock) {}

  @Struct
  static final class LockholderInfo {
    int stackId;
    long taskId, tryAt, acqAt, relAt, lockPtr;
    int type;
  }

  @Struct
  static final class LockStat {
    long acqCount, acqTotal, acqMax, acqMaxId, acqMaxLock;
    final BpfString acqMaxComm = BpfString.ofSize(16);
    long hldCount, hldTotal, hldMax, hldMaxId, hldMaxLock;
    final BpfString hldMaxComm = BpfString.ofSize(16);
  }

  @Config static int targTgid, targPid;
  @Config static long targLock;
  @Config static boolean perThread;

  static final StackTraceMap stackMap = StackTraceMap.create(1024);
  static final BpfHashMap<TaskLock, LockholderInfo> lockholders = BpfHashMap.create(10240);
  static final BpfHashMap<Integer, LockStat> stats = BpfHashMap.create(10240);
  static final BpfHashMap<Integer, Long> locks = BpfHashMap.create(10240);

  private static boolean enabled(long lock) {
    long id = Helpers.getCurrentPidTgid();
    if (targTgid != 0 && targTgid != id >>> 32) return false;
    if (targPid != 0 && targPid != (int) id) return false;
    return targLock == 0 || targLock == lock;
  }

  private static void contended(long lock, int type) {
    if (!enabled(lock)) return;
    long id = Helpers.getCurrentPidTgid();
    TaskLock tl = new TaskLock(id, lock);
    LockholderInfo li = new LockholderInfo();
    li.taskId = id;
    li.lockPtr = lock;
    li.type = type;
    li.stackId = perThread ? (int) id : stackMap.getStackid(4);
    li.tryAt = Helpers.ktimeGetNs();
    lockholders.put(tl, li);
  }

  private static void aborted(long lock) {
    if (enabled(lock)) lockholders.remove(new TaskLock(Helpers.getCurrentPidTgid(), lock));
  }

  private static void acquired(long lock) {
    if (!enabled(lock)) return;
    LockholderInfo li = lockholders.get(new TaskLock(Helpers.getCurrentPidTgid(), lock));
    if (li == null) return;
    li.acqAt = Helpers.ktimeGetNs();
  }

  private static void account(LockholderInfo li) {
    LockStat ls = stats.get(li.stackId);
    if (ls == null) {
      stats.put(li.stackId, new LockStat());
      ls = stats.get(li.stackId);
      if (ls == null) return;
    }
    long delta = li.acqAt - li.tryAt;
    ls.acqCount++;
    ls.acqTotal += delta;
    if (delta > ls.acqMax) {
      ls.acqMax = delta;
      ls.acqMaxId = li.taskId;
      ls.acqMaxLock = li.lockPtr;
      Helpers.getCurrentComm(ls.acqMaxComm);
    }
    delta = li.relAt - li.acqAt;
    ls.hldCount++;
    ls.hldTotal += delta;
    if (delta > ls.hldMax) {
      ls.hldMax = delta;
      ls.hldMaxId = li.taskId;
      ls.hldMaxLock = li.lockPtr;
      Helpers.getCurrentComm(ls.hldMaxComm);
    }
  }

  private static void released(long lock) {
    if (!enabled(lock)) return;
    var tl = new TaskLock(Helpers.getCurrentPidTgid(), lock);
    LockholderInfo li = lockholders.get(tl);
    if (li == null) return;
    li.relAt = Helpers.ktimeGetNs();
    account(li);
    lockholders.remove(tl);
  }

  @KernelStruct
  interface Mutex {}

  @Fentry("mutex_lock")
  static void mutexLock(Mutex lock) {
    contended(Helpers.addressOf(lock), 0);
  }

  @Fexit("mutex_lock")
  static void mutexLockExit(Mutex lock) {
    acquired(Helpers.addressOf(lock));
  }

  @Fexit("mutex_trylock")
  static void mutexTrylock(Mutex lock, int ret) {
    if (ret != 0) {
      contended(Helpers.addressOf(lock), 0);
      acquired(Helpers.addressOf(lock));
    }
  }

  @Fexit("mutex_lock_interruptible")
  static void interruptible(Mutex lock, int ret) {
    if (ret != 0) aborted(Helpers.addressOf(lock));
    else acquired(Helpers.addressOf(lock));
  }

  @Fentry("mutex_unlock")
  static void unlock(Mutex lock) {
    released(Helpers.addressOf(lock));
  }

  @Kprobe("mutex_lock")
  static void kMutexLock(long lock) {
    locks.put((int) Helpers.getCurrentPidTgid(), lock);
    contended(lock, 0);
  }

  @Kretprobe("mutex_lock")
  static void kMutexLockExit() {
    Integer tid = (int) Helpers.getCurrentPidTgid();
    Long lock = locks.get(tid);
    if (lock == null) return;
    locks.remove(tid);
    acquired(lock);
  }
}
