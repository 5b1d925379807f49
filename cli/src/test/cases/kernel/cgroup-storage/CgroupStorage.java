import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfCgroupStorage;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.jspecify.annotations.Nullable;

@Bpf(license = "GPL")
public final class CgroupStorage {

  @KernelStruct
  interface Cgroup {}

  @Struct
  static final class Seen {
    int calls;
  }

  @Kfunc(releasedBy = "bpf_cgroup_release", since = "6.12")
  static native @Nullable Cgroup bpfCgroupFromId(long id);

  @Kfunc(releases = true, since = "6.12")
  static native void bpfCgroupRelease(Cgroup cgroup);

  static final BpfCgroupStorage<Seen> seen = BpfCgroupStorage.create();

  static int calls;

  @Syscall
  static int count() {
    Cgroup cgroup = bpfCgroupFromId(Helpers.getCurrentCgroupId());
    if (cgroup == null) {
      return 1;
    }
    Seen mine = seen.getOrCreate(cgroup);
    if (mine != null) {
      calls = ++mine.calls;
    }
    bpfCgroupRelease(cgroup);
    return 2;
  }
}
