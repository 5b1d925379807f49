import org.bpf4j.lang.*;

@Bpf(license = "GPL")
public final class MadeValues {
  @Struct
  static final class Inner {
    int version = 3;
  }

  @Struct
  static final class Stats {
    long packets;
    final Inner inner = new Inner();
  }

  static final BpfArray<Inner> array = BpfArray.create(2);
  static final PerCpu<Stats> scratch = PerCpu.create();
  static final BpfArrayOfMaps<BpfPerCpuArray<Inner>> arrays =
      BpfArrayOfMaps.create(2, BpfPerCpuArray.create(4));
  static final BpfSkStorage<Stats> stored = BpfSkStorage.create();

  @Xdp
  static XdpAction program(XdpContext context) {
    scratch.get().packets++;
    return array.get(0).version == 0 ? XdpAction.DROP : XdpAction.PASS;
  }
}
