package org.bpf4j.examples.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.bpf4j.examples.execcount.ExecCounterBpf;
import org.bpf4j.examples.firewall.FirewallBpf;
import org.bpf4j.examples.kernel.TreeBpf;
import org.bpf4j.examples.maps.MapTypes;
import org.bpf4j.examples.maps.MapTypesBpf;
import org.bpf4j.examples.maps.RememberedBpf;
import org.bpf4j.examples.network.GentleCongestionBpf;
import org.bpf4j.examples.tracing.JvmThreadsBpf;
import org.bpf4j.examples.tracing.ListingsBpf;
import org.bpf4j.examples.tracing.ManyFunctionsBpf;
import org.bpf4j.examples.tracing.TypedHooksBpf;
import org.bpf4j.examples.tracing.UserFunctionsBpf;
import org.bpf4j.handle.ListScope;
import org.bpf4j.handle.PerfCounter;

/// Something that users do: load, attach, use, close. It runs in a network namespace with an
/// interface `v0`.
enum Scenario {
  XDP {
    @Override
    void run(Path cgroup) {
      try (FirewallBpf bpf = FirewallBpf.load()) {
        bpf.filter().attach("v0");
        bpf.blocked().put(1, true);
        bpf.blocked().remove(1);
      }
    }
  },
  MIXED {
    @Override
    void run(Path cgroup) throws InterruptedException {
      MixedBpf bpf = MixedBpf.load();
      try (bpf) {
        bpf.ingress().attachIngress("v0");
        bpf.ingress().attachEgress("v0");
        bpf.egress().attach(cgroup);
        bpf.onCall().attach();
        bpf.send().run(new byte[64]);
        bpf.sent().poll(Duration.ofMillis(20), _ -> {});
        bpf.sent().take(Duration.ofMillis(20));
        Mixed.Sent sent = new Mixed.Sent();
        bpf.asked().offer(sent);
        bpf.read().run(new byte[64]);
        bpf.counts().put(3, 4L);
        bpf.counts().forEach((_, _) -> {});
        bpf.mapped().put(7, 8L);
      } finally {
        unpin();
      }
    }
  },
  TRACEPOINT {
    @Override
    void run(Path cgroup) {
      try (ExecCounterBpf bpf = ExecCounterBpf.load()) {
        bpf.attachAll();
      }
    }
  },
  TYPED_TRACEPOINT {
    @Override
    void run(Path cgroup) {
      try (TypedHooksBpf bpf = TypedHooksBpf.load()) {
        bpf.attachAll();
      }
    }
  },
  UPROBE {
    @Override
    void run(Path cgroup) {
      try (UserFunctionsBpf bpf = UserFunctionsBpf.load()) {
        bpf.enter().attach(OWN);
        bpf.leave().attach(OWN);
        bpf.sample().attach(PerfCounter.CPU_CLOCK, 1_000_000, 0);
      }
    }
  },
  UPROBE_MULTI {
    @Override
    void run(Path cgroup) {
      try (ManyFunctionsBpf bpf = ManyFunctionsBpf.load()) {
        bpf.enter().attach(OWN);
      }
    }
  },
  USDT {
    @Override
    void run(Path cgroup) {
      try (JvmThreadsBpf bpf = JvmThreadsBpf.load()) {
        bpf.start().attach(OWN);
      }
    }
  },
  STRUCT_OPS {
    @Override
    void run(Path cgroup) {
      try (GentleCongestionBpf bpf = GentleCongestionBpf.load()) {
        bpf.operations().attach();
      }
    }
  },
  ITERATOR {
    @Override
    void run(Path cgroup) {
      try (ListingsBpf bpf = ListingsBpf.load()) {
        bpf.tasks().read(new ListScope.OfProcess(OWN));
        try (Stream<String> lines = bpf.tasks().lines(new ListScope.OfProcess(OWN))) {
          lines.findFirst().orElseThrow();
        }
      }
    }
  },
  ARENA {
    @Override
    void run(Path cgroup) {
      try (TreeBpf bpf = TreeBpf.load()) {
        bpf.root();
        bpf.nodes().usedBytes();
      }
    }
  },
  MAPS {
    @Override
    void run(Path cgroup) throws InterruptedException {
      try (MapTypesBpf bpf = MapTypesBpf.load()) {
        bpf.stages().put(MapTypes.Stage.DENY, bpf.deny());
        bpf.callStage().run(new byte[64]);
        bpf.queue().push(1);
        bpf.queue().pop();
        bpf.tables().create(1).put(1, 1L);
        bpf.rows().create(1, 10);
        bpf.report().run(new byte[64]);
        bpf.events().poll(Duration.ofMillis(5), _ -> {});
        bpf.events().take(Duration.ofMillis(20));
      }
      try (RememberedBpf bpf = RememberedBpf.load()) {
        bpf.filter().add(3);
      }
    }
  };

  private static final long OWN = ProcessHandle.current().pid();

  /// Where the pinned map of [Mixed] is.
  static final Path PIN = Path.of("/sys/fs/bpf/bpf4j_test_mixed");

  /// Does it, and leaves nothing open.
  ///
  /// @param cgroup the folder of a control group
  abstract void run(Path cgroup) throws InterruptedException;

  /// A user takes away what a load pinned; what a load pinned that failed is not his affair.
  private static void unpin() {
    try {
      Files.deleteIfExists(PIN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Runs a scenario by its name, for those who have no class of it.
  static void run(String name, String cgroup) throws InterruptedException {
    valueOf(name).run(Path.of(cgroup));
  }
}
