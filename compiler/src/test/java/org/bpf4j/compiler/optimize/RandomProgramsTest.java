package org.bpf4j.compiler.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.bpf4j.compiler.ssa.Checker;
import org.bpf4j.compiler.ssa.Interpreter;
import org.bpf4j.compiler.ssa.Printer;
import org.bpf4j.compiler.ssa.Program;
import org.bpf4j.compiler.ssa.RandomFunctions;
import org.junit.jupiter.api.Test;

/// Every pass keeps the meaning of random functions, as the interpreter sees it.
class RandomProgramsTest {
  private static final int PROGRAMS = Integer.getInteger("bpf4j.random.programs", 400);

  @Test
  void everyPassKeepsTheMeaning() {
    long shrunk = 0;
    for (int seed = 0; seed < PROGRAMS; seed++) {
      Random random = new Random(seed);
      Program program = RandomFunctions.program(random, 5 + random.nextInt(40));
      List<byte[]> contexts = contexts(random);
      List<Interpreter.Outcome> expected =
          contexts.stream().map(c -> Interpreter.run(program, c)).toList();
      Program current = program;
      for (PassOrder.Step step : PassOrder.STEPS) {
        current = step.pass().run(current);
        same(seed, step.name(), program, current, contexts, expected);
      }
      shrunk += size(program) - size(current);
    }
    assertThat(shrunk).isPositive();
  }

  @Test
  void everyPartOfSimplifyKeepsTheMeaning() {
    for (int seed = 0; seed < PROGRAMS / 4; seed++) {
      Random random = new Random(seed);
      Program program = Interpreter.programOf(RandomFunctions.make(random, 5 + seed % 40));
      List<byte[]> contexts = contexts(random);
      List<Interpreter.Outcome> expected =
          contexts.stream().map(c -> Interpreter.run(program, c)).toList();
      Program current = program;
      for (int round = 0; round < 3; round++) {
        for (int part = 0; part < Simplify.PARTS.size(); part++) {
          Program before = current;
          current = Pass.each(Simplify.PARTS.get(part)).run(before);
          same(seed, "part " + part, before, current, contexts, expected);
        }
      }
    }
  }

  @Test
  void requiredPassesAloneKeepTheMeaning() {
    for (int seed = 0; seed < PROGRAMS / 4; seed++) {
      Random random = new Random(seed);
      Program program = Interpreter.programOf(RandomFunctions.make(random, 40));
      List<byte[]> contexts = contexts(random);
      List<Interpreter.Outcome> expected =
          contexts.stream().map(c -> Interpreter.run(program, c)).toList();
      same(seed, "prepare", program, Optimizer.prepare(program), contexts, expected);
      Set<String> some =
          Set.copyOf(
              PassOrder.optional().stream().sorted().filter(_ -> random.nextBoolean()).toList());
      same(seed, "without " + some, program, Optimizer.optimize(program, some), contexts, expected);
    }
  }

  private static void same(
      int seed,
      String pass,
      Program before,
      Program after,
      List<byte[]> contexts,
      List<Interpreter.Outcome> expected) {
    try {
      Checker.check(after);
      for (int i = 0; i < contexts.size(); i++) {
        assertThat(Interpreter.run(after, contexts.get(i))).isEqualTo(expected.get(i));
      }
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "seed %d, %s\n%s\n%s".formatted(seed, pass, Printer.print(before), Printer.print(after)),
          e);
    }
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

  private static long size(Program program) {
    return program.functions().stream()
        .flatMap(function -> function.blocks().stream())
        .mapToLong(b -> b.insts().size() + 1)
        .sum();
  }
}
