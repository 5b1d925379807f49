package org.bpf4j.examples.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bpf4j.examples.ChildJvm;
import org.bpf4j.examples.RealKernel;
import org.bpf4j.examples.firewall.VethPair;
import org.bpf4j.handle.Link;
import org.bpf4j.inspect.KernelInventory;
import org.bpf4j.keep.Kept;
import org.bpf4j.kernel.IncompatibleMapException;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.NoSuchTargetException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Versions of the guard take each other's place while packets come; what must hold throughout is
/// that no packet to the closed port arrives, and that each is counted.
class GuardKernelTest {

  /// How often a process is killed; more with `-Dbpf4j.fault.kills=…`.
  private static final int ROUNDS = Integer.getInteger("bpf4j.fault.kills", 4);

  private final Path folder =
      Path.of("/sys/fs/bpf", "bpf4j-guard-" + ProcessHandle.current().pid());

  private final List<ChildJvm> children = new ArrayList<>();
  private VethPair pair;
  private ChildJvm receiver;
  private ChildJvm sender;

  @BeforeEach
  void traffic() throws IOException, InterruptedException {
    RealKernel.use();
    pair = new VethPair();
    assertThat(run(Guard.class, folder.toString(), "on", "v0", "9")).isZero();
    receiver = start(pair.join(), Traffic.class, "receive");
    receiver.await(line -> line.equals("ready"));
    sender = start(pair.joinFar(), Traffic.class, "send");
    receiver.await(line -> line.startsWith("received"));
  }

  @AfterEach
  void end() throws IOException {
    children.forEach(ChildJvm::close);
    Kept.in(folder).remove();
    if (pair != null) {
      pair.close();
    }
    assertThat(folder).doesNotExist();
  }

  private ChildJvm start(List<String> wrapper, Class<?> main, String... arguments)
      throws IOException {
    ChildJvm child = new ChildJvm(wrapper, main, arguments);
    children.add(child);
    return child;
  }

  private int run(Class<?> main, String... arguments) throws IOException, InterruptedException {
    return start(pair.join(), main, arguments).await();
  }

  private long dropped() {
    try (GuardBpf guard = GuardBpf.bind(folder)) {
      return guard.dropped().get(0);
    }
  }

  /// Ends the traffic, and looks what came of it.
  private void requireNothingLost() throws IOException, InterruptedException {
    sender.endInput();
    String sent = sender.await(line -> line.startsWith("sent "));
    long packets = Long.parseLong(sent.split(" ")[1]);
    assertThat(packets).isPositive();
    for (int i = 0; i < 100 && dropped() < packets; i++) {
      Thread.sleep(10);
    }
    assertThat(dropped()).isEqualTo(packets);
    String[] received = receiver.latest(line -> line.startsWith("received ")).split(" ");
    assertThat(received[1]).isEqualTo("0");
    assertThat(Long.parseLong(received[2])).isPositive();
  }

  @Test
  void versionsTakeEachOthersPlaceUnderTraffic() throws IOException, InterruptedException {
    Kept kept = Kept.in(folder);
    assertThat(kept.version()).contains("v1");
    long before = dropped();
    for (int i = 0; i < 3; i++) {
      assertThat(run(Upgrades.class, folder.toString(), "v0", "next")).isZero();
      long after = dropped();
      assertThat(after).isGreaterThan(before);
      before = after;
    }
    assertThat(kept.version()).contains("v4");
    try (NextGuardBpf next = NextGuardBpf.bind(folder)) {
      assertThat(next.droppedAt().getOrThrow(Traffic.CLOSED)).isPositive();
      assertThat(next.closed().get(Traffic.CLOSED)).isTrue();
    }
    assertThat(run(Guard.class, folder.toString(), "on", "v0")).isZero();
    for (int i = 0; i < 20; i++) {
      kept.rollBack();
      long after = dropped();
      assertThat(after).isGreaterThanOrEqualTo(before);
      before = after;
      Thread.sleep(20);
    }
    assertThat(kept.version()).contains("v5");
    requireNothingLost();
    requireOneVersion();
  }

  @Test
  void aVersionWithAnotherMapIsRefusedAndNothingChanges() throws IOException, InterruptedException {
    String attached = attached();
    assertThatThrownBy(() -> NarrowGuardBpf.configure().keepIn(folder).load())
        .isInstanceOfSatisfying(
            IncompatibleMapException.class, e -> assertThat(e.map()).isEqualTo("dropped"));
    assertThat(attached()).isEqualTo(attached);
    assertThat(Kept.in(folder).version()).contains("v1");
    assertThat(Kept.in(folder).previous()).isEmpty();
    assertThatThrownBy(() -> Kept.in(folder).rollBack())
        .isInstanceOf(NoSuchTargetException.class)
        .hasMessageContaining("version before");
    requireNothingLost();
    requireOneVersion();
  }

  /// What is loaded is there, but changes nothing until it is attached.
  @Test
  void aVersionThatWasOnlyLoadedIsForgotten() throws IOException, InterruptedException {
    try (NextGuardBpf loaded = NextGuardBpf.configure().keepIn(folder).load();
        NextGuardBpf later = NextGuardBpf.configure().keepIn(folder).load()) {
      assertThat(later.dropped().get(0)).isPositive();
      assertThat(Kept.in(folder).version()).contains("v1");
      assertThatThrownBy(() -> loaded.filter().attach("v0"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("another version was loaded into " + folder);
    }
    assertThat(run(Upgrades.class, folder.toString(), "v0", "next")).isZero();
    requireNothingLost();
    requireOneVersion();
  }

  /// At any moment of loading, attaching and closing.
  @Test
  void killedAtAnyPointOneVersionIsAttached() throws IOException, InterruptedException {
    Random random = new Random(2026);
    for (int i = 0; i < ROUNDS; i++) {
      ChildJvm upgrades = start(pair.join(), Upgrades.class, folder.toString(), "v0", "all");
      upgrades.await(line -> line.equals("attached first"));
      Thread.sleep(random.nextInt(100));
      upgrades.kill();
      attached();
    }
    assertThat(run(Upgrades.class, folder.toString(), "v0", "next")).isZero();
    requireNothingLost();
    requireOneVersion();
  }

  /// The programs that are attached: each hook has exactly one.
  private String attached() throws IOException {
    StringBuilder programs = new StringBuilder();
    for (String name : List.of("filter", "count")) {
      try (Stream<Path> pins = Files.list(folder.resolve("links").resolve(name))) {
        List<Path> links = pins.toList();
        assertThat(links).hasSize(1);
        try (Link link = Kernel.local().openLink(links.getFirst())) {
          int program = link.info().programId();
          assertThat(KernelInventory.program(program)).isPresent();
          programs.append(name).append(' ').append(program).append(' ');
        }
      }
    }
    return programs.toString();
  }

  /// Both hooks have the programs of the version in force, and no other is left but the one before.
  private void requireOneVersion() throws IOException {
    Path current = folder.resolve("current").toRealPath();
    String pinned = "";
    for (String name : List.of("filter", "count")) {
      try (GuardBpf guard = GuardBpf.bind(current)) {
        int program =
            KernelInventory.describe(
                    name.equals("filter") ? guard.filter().loaded() : guard.count().loaded())
                .id();
        pinned += name + " " + program + " ";
      }
    }
    assertThat(attached()).isEqualTo(pinned);
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(
              all.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                  .filter(path -> !path.endsWith("links")))
          .hasSizeLessThanOrEqualTo(2);
    }
  }
}
