package org.bpf4j.examples.guest;

import static org.bpf4j.examples.guest.Check.expect;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bpf4j.examples.Command;
import org.bpf4j.examples.fault.Killed;
import org.bpf4j.examples.guard.GuardBpf;
import org.bpf4j.examples.guard.NextGuardBpf;
import org.bpf4j.examples.handover.TallyBpf;
import org.bpf4j.examples.handover.Tokens;
import org.bpf4j.examples.handover.WiderTallyBpf;
import org.bpf4j.keep.Kept;
import org.bpf4j.kernel.IncompatibleMapException;
import org.bpf4j.kernel.SyscallException;
import org.bpf4j.object.KernelVersion;

/// What outlives a process, and is taken up by the next.
final class HandoverChecks {

  static final List<Check> ALL =
      List.of(
          new Check("a version takes the place of another", HandoverChecks::versions),
          new Check("an object that is pinned and bound", HandoverChecks::bound),
          new Check("what a killed process left is taken up", HandoverChecks::killed),
          new Check(
              "a token gives leave in a user namespace",
              new KernelVersion(6, 9),
              HandoverChecks::token));

  private static final Path PINS = Path.of("/sys/fs/bpf");

  private HandoverChecks() {}

  private static void send() throws Exception {
    Command.run(
        "bash",
        "-c",
        "ip link set lo up && for i in 1 2 3; do echo x > /dev/udp/127.0.0.1/9; done");
  }

  private static String versions() throws Exception {
    Path folder = PINS.resolve("bpf4j-versions");
    try {
      try (GuardBpf first = GuardBpf.configure().keepIn(folder).load()) {
        first.closed().put(9, true);
        first.filter().attach("lo");
      }
      send();
      try (NextGuardBpf next = NextGuardBpf.configure().keepIn(folder).load()) {
        expect(3, next.dropped().get(0), "dropped by the first version");
        next.filter().attach("lo");
        send();
        expect(6, next.dropped().get(0), "dropped by both");
        expect(3, next.droppedAt().getOrThrow(9), "dropped by the second");
      }
      Kept.in(folder).rollBack();
      send();
      try (GuardBpf first = GuardBpf.bind(folder)) {
        expect(9, first.dropped().get(0), "dropped in all");
      }
      return Kept.in(folder).version().orElseThrow() + " in force";
    } finally {
      Kept.in(folder).remove();
    }
  }

  /// The first namespace has no tokens, which a kernel that has none says otherwise.
  private static String token() throws Exception {
    try (TallyBpf tally = TallyBpf.configure().token(PINS).load()) {
      throw new IllegalStateException("loaded by a token: " + tally);
    } catch (SyscallException e) {
      Path folder = Files.createTempDirectory("tokens");
      Map<String, String> said = Tokens.ask(folder);
      for (String way : List.of("asked", "found")) {
        if (!said.get(way).equals("loaded 0tally")) {
          throw new IllegalStateException(way + ": " + said.get(way), e);
        }
      }
      return said.get("silent");
    }
  }

  /// A filter is left where the kernel has no links at traffic control.
  private static String killed() throws Exception {
    List<String> left = Killed.all();
    boolean filters = new KernelVersion(6, 6).isNewerThanRunning();
    expect(filters ? 3 : 2, left.size(), "what was found: " + left + ", ");
    return left.toString();
  }

  private static String bound() throws Exception {
    Path folder = PINS.resolve("bpf4j-bound");
    try {
      try (TallyBpf tally = TallyBpf.configure().step(3).load()) {
        tally.pinTo(folder);
      }
      try (TallyBpf bound = TallyBpf.bind(folder)) {
        bound.tally().run(new byte[64]);
        expect(3, bound.counted(), "a variable");
        expect(3, bound.total().get(0), "a map");
        expect(1, bound.frames().loaded().consume(_ -> {}), "records");
      }
      try (WiderTallyBpf other = WiderTallyBpf.bind(folder)) {
        throw new IllegalStateException("bound to another map: " + other);
      } catch (IncompatibleMapException e) {
        return e.getMessage();
      }
    } finally {
      try (var pins = Files.list(folder)) {
        for (Path pin : pins.toList()) {
          Files.delete(pin);
        }
      }
      Files.delete(folder);
    }
  }
}
