package org.bpf4j.compiler.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bpf4j.compiler.allocate.Allocator;
import org.bpf4j.compiler.machine.Checker;
import org.bpf4j.compiler.machine.MachineFunction;
import org.bpf4j.compiler.machine.MachineInterpreter;
import org.bpf4j.compiler.machine.MachineProgram;
import org.bpf4j.compiler.machine.Printer;
import org.bpf4j.compiler.machine.Register.Physical;
import org.bpf4j.compiler.machine.Register.Virtual;
import org.bpf4j.compiler.optimize.Optimizer;
import org.bpf4j.compiler.ssa.Interpreter;
import org.bpf4j.compiler.ssa.Program;
import org.bpf4j.compiler.ssa.RandomFunctions;
import org.bpf4j.object.Helper;
import org.bpf4j.object.Signature;
import org.junit.jupiter.api.Test;

/// Selected and allocated code does what the SSA does, with and without optimisation.
class SelectionTest {

  private static final int PROGRAMS = Integer.getInteger("bpf4j.random.programs", 60);

  @Test
  void optimisedCodeKeepsTheMeaning() {
    keepsTheMeaning(true);
  }

  @Test
  void unoptimisedCodeKeepsTheMeaning() {
    keepsTheMeaning(false);
  }

  private static void keepsTheMeaning(boolean optimised) {
    for (int seed = 0; seed < PROGRAMS; seed++) {
      Random random = new Random(seed);
      Program source = Interpreter.programOf(RandomFunctions.make(random, 5 + random.nextInt(50)));
      Program program = optimised ? Optimizer.optimize(source) : Optimizer.prepare(source);
      MachineProgram<Virtual> selected = Selector.select(program);
      Checker.check(selected);
      MachineProgram<Physical> allocated = Allocator.allocate(selected);
      Checker.check(allocated);
      for (byte[] context : contexts(random)) {
        Interpreter.Outcome expected = Interpreter.run(program, context);
        compare(seed, expected, selected.main(), context, program);
        compare(seed, expected, allocated.main(), context, program);
      }
    }
  }

  private static void compare(
      int seed,
      Interpreter.Outcome expected,
      MachineFunction<?> function,
      byte[] context,
      Program program) {
    KnownCalls calls = new KnownCalls();
    try {
      List<String> trace = MachineInterpreter.run(function, context, calls);
      long result = Long.parseLong(trace.getFirst().substring("exit ".length()));
      boolean narrow =
          program.main().result().equals(java.util.Optional.of(org.bpf4j.compiler.ssa.Type.I32));
      assertThat(narrow ? (int) result : result).isEqualTo(expected.result());
      assertThat(withoutRecords(calls.log)).isEqualTo(withoutRecords(expected.calls()));
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "seed %d\n%s\n%s"
              .formatted(
                  seed,
                  org.bpf4j.compiler.ssa.Printer.print(program),
                  Printer.print(function).replaceAll(" ; .*", "")),
          e);
    }
  }

  /// Records are named differently by the two interpreters; what is in them is read back later.
  private static List<String> withoutRecords(List<String> calls) {
    return calls.stream().map(call -> call.replaceAll("^(ringbuf_\\w+).*", "$1")).toList();
  }

  private static List<byte[]> contexts(Random random) {
    List<byte[]> contexts = new ArrayList<>();
    contexts.add(new byte[RandomFunctions.CONTEXT]);
    for (int i = 0; i < 3; i++) {
      contexts.add(
          Interpreter.contextOf(
              random.nextInt(5),
              random.nextLong(),
              random.nextInt(),
              -random.nextInt(5),
              0,
              0,
              0,
              0));
    }
    return contexts;
  }

  /// The helpers of random programs, logged as the SSA interpreter logs them.
  private static final class KnownCalls implements MachineInterpreter.Calls {
    private static final int RECORD_BYTES = 16;

    private final List<String> log = new ArrayList<>();
    private long random = 0x9E3779B97F4A7C15L;

    @Override
    public long call(String name, List<Long> arguments, MachineInterpreter machine) {
      Helper helper = Helper.of(name).orElseThrow();
      List<Signature.Argument> kinds = helper.signature().orElseThrow().arguments();
      List<String> logged = new ArrayList<>();
      for (int i = 0; i < arguments.size(); i++) {
        long value = arguments.get(i);
        logged.add(
            switch (kinds.get(i)) {
              case MAP -> "map " + machine.map(value) + "+0";
              case MAP_KEY, MAP_VALUE -> machine.content(value, 8);
              default -> Long.toString(value);
            });
      }
      log.add(name + logged);
      random = random * 6364136223846793005L + 1442695040888963407L;
      return switch (helper) {
        case MAP_LOOKUP_ELEM, RINGBUF_RESERVE ->
            log.size() % 2 == 0 ? 0 : machine.allot(RECORD_BYTES);
        default -> random >>> 32;
      };
    }
  }
}
