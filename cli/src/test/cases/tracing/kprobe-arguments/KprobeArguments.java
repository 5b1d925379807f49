import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kprobe;

@Bpf(license = "GPL")
public final class KprobeArguments {

  @KernelStruct("filename")
  interface Filename {
    @Field("refcnt")
    int references();
  }

  static int last;

  @Kprobe("do_unlinkat")
  static int onUnlink(int directory, Filename name) {
    last = directory;
    return name == null ? 1 : 2;
  }
}
