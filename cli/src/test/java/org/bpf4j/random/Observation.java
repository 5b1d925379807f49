package org.bpf4j.random;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.bpf4j.cases.Mode;
import org.bpf4j.cases.OneCpu;
import org.bpf4j.cases.Snapshot;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.TestInput;
import org.bpf4j.handle.TestRun;
import org.bpf4j.random.RandomClass.RandomProgram;

/// What a run of a program left behind.
///
/// @param program the program
/// @param text result, packet or argument, maps and globals
/// @param failed whether the run ended with an exception
record Observation(String program, String text, boolean failed) {

  /// The inputs that each program is run with.
  private static final int INPUTS = 3;

  /// `ETH_P_IP` and `ETH_P_IPV6`.
  private static final int IPV4 = 0x0800;

  private static final int IPV6 = 0x86dd;

  private static final int[] LENGTHS = {15, 33, 60, 61, 100, 250};

  /// Runs every program over its inputs, one after the other, on one CPU.
  static List<Observation> observe(Mode mode, RandomClass generated, LoadedObject loaded) {
    List<Observation> observations = new ArrayList<>();
    try (OneCpu thread = new OneCpu()) {
      int cpu = mode.isKernel() ? thread.cpu() : 0;
      for (RandomProgram program : generated.programs()) {
        for (TestInput input : inputs(generated, program)) {
          observations.add(run(program, loaded, input, cpu));
        }
      }
    }
    return observations;
  }

  /// What a program is run with.
  static List<TestInput> inputs(RandomClass generated, RandomProgram program) {
    Random random = new Random(generated.seed() * 31 + program.name().hashCode());
    List<TestInput> inputs = new ArrayList<>();
    for (int i = 0; i < INPUTS; i++) {
      inputs.add(input(program, random));
    }
    return inputs;
  }

  private static TestInput input(RandomProgram program, Random random) {
    byte[] bytes =
        new byte
            [program.isPacket()
                ? LENGTHS[random.nextInt(LENGTHS.length)]
                : Declarations.ARGS_BYTES];
    random.nextBytes(bytes);
    if (program.isPacket()) {
      return TestInput.packet(named(bytes));
    }
    if (random.nextInt(3) == 0) {
      Arrays.fill(bytes, (byte) 0);
    }
    bytes[Declarations.ARGS_BOOLEAN] &= 1;
    for (int i = 0; i < Declarations.ARGS_FLAG_COUNT; i++) {
      bytes[Declarations.ARGS_FLAGS + i] &= 1;
    }
    for (int padding : Declarations.ARGS_PADDING) {
      bytes[padding] = 0;
    }
    int length = random.nextInt(Declarations.ARGS_NAME_BYTES + 1);
    for (int i = 0; i < Declarations.ARGS_NAME_BYTES; i++) {
      int at = Declarations.ARGS_NAME + i;
      bytes[at] = i < length ? (byte) "ab/c".charAt(bytes[at] & 3) : 0;
    }
    return TestInput.context(bytes);
  }

  /// A frame that does not say by chance that an IP header is in it: newer kernels refuse to run a
  /// program on one that is too short for that (`bpf_prog_test_run_skb`).
  private static byte[] named(byte[] frame) {
    int type = (frame[12] & 0xff) << 8 | frame[13] & 0xff;
    if (type == IPV4 || type == IPV6) {
      frame[12] = 0;
    }
    return frame;
  }

  private static Observation run(
      RandomProgram program, LoadedObject loaded, TestInput input, int cpu) {
    try {
      TestRun run = loaded.program(program.name()).run(input);
      byte[] bytes = program.isPacket() ? run.data() : run.context();
      String text =
          program.name()
              + " returns "
              + run.returnValue()
              + "\n"
              + HexFormat.of().formatHex(bytes)
              + "\n"
              + Snapshot.text(loaded, cpu)
              + records(loaded);
      return new Observation(program.name(), text, false);
    } catch (RuntimeException | StackOverflowError e) {
      StringBuilder text = new StringBuilder(program.name()).append(": ").append(e).append('\n');
      for (int i = 0; i < Math.min(8, e.getStackTrace().length); i++) {
        text.append("  at ").append(e.getStackTrace()[i]).append('\n');
      }
      return new Observation(program.name(), text.toString(), true);
    }
  }

  private static String records(LoadedObject loaded) {
    StringBuilder text = new StringBuilder();
    Snapshot.records(loaded)
        .forEach(
            (ring, records) ->
                records.forEach(
                    bytes ->
                        text.append(ring)
                            .append(": ")
                            .append(HexFormat.of().formatHex(bytes))
                            .append('\n')));
    return text.toString();
  }
}
