package org.bpf4j.cases;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bpf4j.object.KernelVersion;

/// A `runs.txt`: what goes into the programs of a case, and what comes out.
///
/// @param since the first kernel that can run the case
/// @param noJvm why the Java bodies cannot run, if they cannot
/// @param noVm why the simulated kernel cannot run the programs, if it cannot
/// @param noKernel why Linux only loads the programs, if it cannot run them
/// @param notHere why this machine's kernel cannot even load them, if it cannot
/// @param scenarios the runs, each on freshly loaded programs
public record Runs(
    Optional<KernelVersion> since,
    Optional<String> noJvm,
    Optional<String> noVm,
    Optional<String> noKernel,
    Optional<String> notHere,
    List<Scenario> scenarios) {

  /// Copies the list.
  public Runs {
    scenarios = List.copyOf(scenarios);
  }

  /// A sentence and what happens, in order.
  public record Scenario(String sentence, List<Step> steps) {

    /// Copies the list.
    public Scenario {
      steps = List.copyOf(steps);
    }
  }

  /// A line.
  sealed interface Step {

    /// Sets a `@Config` field before loading.
    record Config(String name, String value) implements Step {}

    /// Places a variable of the kernel, where it is a simulated one, before loading.
    record Symbol(String name, byte[] bytes) implements Step {}

    /// Puts an entry into a map.
    record Put(String map, String key, String value) implements Step {}

    /// Puts an object, such as a socket, into a map of such.
    record Assign(String map, String key) implements Step {}

    /// Makes an inner map and puts it into a map of maps; `entries` unless it has the declared
    /// size.
    record Inner(String map, String key, OptionalInt entries) implements Step {}

    /// Hands a record to programs through a ring of user space.
    record Submit(String ring, byte[] bytes) implements Step {}

    /// Lets time pass: the simulated clock's, or real time and some for timers to run.
    record Wait(Duration time) implements Step {}

    /// Chooses the program that runs from here on.
    record Program(String name) implements Step {}

    /// Runs the program over a packet.
    record Packet(byte[] bytes) implements Step {}

    /// Runs the program with a context.
    ///
    /// @param data the bytes that go with it, where its kind has such
    record Context(byte[] bytes, byte[] data) implements Step {}

    /// The result of the last run: a number, or a constant of the program's kind.
    record Returns(String value) implements Step {}

    /// The packet as the last run left it.
    record PacketAfter(byte[] bytes) implements Step {}

    /// The context as the last run left it.
    record ContextAfter(byte[] bytes) implements Step {}

    /// The value of a key; an empty one means that the key is absent.
    record Entry(String map, String key, Optional<String> value) implements Step {}

    /// The value of a global.
    record Global(String name, String value) implements Step {}

    /// The records that the last run put into a ring.
    record Records(String ring, List<byte[]> records) implements Step {}

    /// A line that the last run printed.
    record Prints(String line) implements Step {}
  }
}
