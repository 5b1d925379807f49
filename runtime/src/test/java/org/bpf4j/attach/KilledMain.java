package org.bpf4j.attach;

import java.time.Duration;
import java.util.Random;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Hook.Direction;
import org.bpf4j.handle.Hook.XdpMode;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.load.ObjectText;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.MapFlag;
import org.bpf4j.object.MapKind;
import org.bpf4j.sys.TestPrograms;

/// Loads, attaches, uses and closes in an endless loop, until it is killed; in a network namespace
/// with an interface `v0`.
public final class KilledMain {

  /// What all its programs' names begin with.
  static final String PREFIX = "b4jkill_";

  private static final BpfObject OBJECT =
      new ObjectText()
          .data(".bss", "calls", 0)
          .map("table", MapKind.HASH, 4, 8, 16)
          .map("mapped", MapKind.ARRAY, 4, 8, 16, MapFlag.MMAPABLE.bit())
          .map("ring", MapKind.RINGBUF, 0, 0, 4096)
          .program("xdp", PREFIX + "xdp", "r0 = 2\nexit")
          .program("tc", PREFIX + "tc", "r0 = -1\nexit")
          .program(
              "raw_tracepoint/sys_enter",
              PREFIX + "raw",
              """
              r1 = data .bss 0
              r2 = 1
              lock *(u64 *)(r1 + 0) += r2
              r0 = 0
              exit
              """)
          .build();

  private KilledMain() {}

  /// Runs; the argument is the seed.
  public static void main(String[] args) throws Exception {
    Random random = new Random(Long.parseLong(args[0]));
    System.out.println("begun");
    while (true) {
      try (LoadedObject object = Kernel.local().load(LoadRequest.of(OBJECT, KilledMain.class))) {
        use(object, random);
      }
    }
  }

  private static void use(LoadedObject object, Random random) throws InterruptedException {
    Direction direction = random.nextBoolean() ? Direction.INGRESS : Direction.EGRESS;
    int index = NetworkInterfaces.index("v0");
    try (Link _ = object.program(PREFIX + "xdp").attach(new Hook.Xdp("v0", XdpMode.GENERIC));
        Link _ = object.program(PREFIX + "raw").attach(new Hook.RawTracepoint("sys_enter"));
        Link _ = object.program(PREFIX + "tc").attach(new Hook.Tc("v0", direction));
        Link _ =
            FilterAttachment.attach(
                TestPrograms.descriptor(object, PREFIX + "tc"),
                PREFIX + "tc",
                new Hook.Tc("v0", direction),
                index)) {
      object.ring("ring").await(Duration.ofMillis(random.nextInt(40)));
    }
  }
}
