package org.bpf4j.examples.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bpf4j.examples.ChildJvm;
import org.bpf4j.examples.RealKernel;
import org.bpf4j.examples.firewall.VethPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Processes are killed while they do whatever users do. What links attach goes with them; what
/// outlives its process is whole, or tells whose it was and is taken up by the next process that
/// does the same.
///
/// `-Dbpf4j.fault.kills` says how often, `-Dbpf4j.fault.first` begins with another seed.
class KilledKernelTest {

  private static final int KILLS = Integer.getInteger("bpf4j.fault.kills", 6);
  private static final long SEED = Long.getLong("bpf4j.fault.first", 1);

  /// How long a process runs at most after it has begun, ms: it does the same many times in that.
  private static final int MOST_MILLISECONDS = 1_500;

  private final Path folder =
      Path.of("/sys/fs/bpf", "bpf4j-killed-" + ProcessHandle.current().pid());

  private final Random random = new Random(SEED);

  @BeforeEach
  void make() throws IOException {
    RealKernel.use();
    Files.createDirectory(folder);
  }

  @AfterEach
  void remove() throws IOException {
    if (Files.isDirectory(folder)) {
      assertThat(folder).isEmptyDirectory();
      Files.delete(folder);
    }
  }

  @Test
  void whatLinksAttachGoesWithTheProcess() throws Exception {
    List<String> names = Stream.of(Scenario.values()).map(Scenario::name).toList();
    assertThat(kill(names)).isZero();
  }

  @Test
  void whatOutlivesAProcessIsTakenUp() throws Exception {
    int stale = kill(Stream.of(Lasting.values()).map(Lasting::name).toList());
    System.out.println(KILLS + " processes killed, " + stale + " attachments taken up");
  }

  /// The next process is told whose it was, and attaches in its place.
  @ParameterizedTest
  @EnumSource(names = {"ROUTE", "STRUCT"})
  void whatIsLeftIsNamed(Lasting what) throws Exception {
    assertThat(Killed.takenUp(what.name())).hasSize(1);
  }

  /// Kills processes of all scenarios by turns.
  ///
  /// @return how many attachments without an owner were found
  private int kill(List<String> names) throws Exception {
    int first = random.nextInt(names.size());
    int stale = 0;
    try (VethPair pair = new VethPair();
        OwnCgroup cgroup = new OwnCgroup()) {
      for (int i = 0; i < KILLS; i++) {
        Orphans orphans = new Orphans();
        String name = names.get((first + i) % names.size());
        try (ChildJvm victim = start(pair, "run", name, cgroup)) {
          victim.await(line -> line.equals("begun"));
          Thread.sleep(random.nextInt(MOST_MILLISECONDS));
          victim.kill();
          assertThat(victim.latest(line -> !line.equals("begun"))).as(name).isEmpty();
        }
        try (ChildJvm next = start(pair, "takeUp", name, cgroup)) {
          assertThat(next.await()).as(name + ": " + next.latest(_ -> true)).isZero();
          assertThat(next.latest(line -> line.startsWith("left "))).as(name).isEmpty();
          stale += next.latest(line -> line.startsWith("stale ")).isEmpty() ? 0 : 1;
        }
        assertThat(orphans.staying()).as(name).isEmpty();
      }
    }
    return stale;
  }

  private ChildJvm start(VethPair pair, String what, String name, OwnCgroup cgroup)
      throws IOException {
    return new ChildJvm(
        pair.enter(), Victim.class, what, name, cgroup.folder().toString(), folder.toString());
  }
}
