package org.bpf4j.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.bpf4j.isa.Insn;
import org.bpf4j.isa.InsnCodec;
import org.bpf4j.isa.InsnIndex;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.vm.Code;
import org.bpf4j.vm.Helpers;
import org.bpf4j.vm.Machine;
import org.bpf4j.vm.Memory;
import org.bpf4j.vm.Outcome;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bpf4j vm`: one run of bare instructions.
///
/// It speaks the language of the conformance suites' runners too: a runner gives the memory as its
/// only argument and the program on standard input, both in hex, and reads `r0` in hex.
@Command(
    name = "vm",
    description = {
      "Runs instructions in the virtual machine and prints r0 in hex.",
      "r1 points to the memory (0 if there is none) and r2 is its length."
    })
final class VmCommand extends CliCommand {

  /// The one function that conformance programs call: helper 5 gives its argument back.
  private static final Helpers ECHO =
      (number, call) -> number == 5 ? call.argument(1) : Helpers.NONE.call(number, call);

  @Parameters(
      paramLabel = "FILE|MEMORY",
      arity = "0..1",
      description = {
        "A program as text of mnemonics; or, if it is no file, memory in hex for a program that"
            + " comes by --program or on standard input."
      })
  private @Nullable String argument;

  @Option(names = "--mem", paramLabel = "HEX", description = "The memory that r1 points to.")
  private @Nullable String memory;

  @Option(names = "--program", paramLabel = "HEX", description = "The program's bytes.")
  private @Nullable String program;

  @Override
  boolean run() throws CommandFailedException {
    if (argument != null && Files.exists(Path.of(argument))) {
      if (program != null) {
        throw misused("a program comes from a file or by --program, not both");
      }
      ProgramText text = ProgramText.read(Path.of(argument));
      return run(text.insns(), memory == null ? text.memory() : hex("--mem", memory));
    }
    if (argument != null && memory != null) {
      throw misused("there is no file " + argument + ", and memory is given by --mem");
    }
    byte[] bytes = argument != null ? memoryOrFile(argument) : hex("--mem", memory);
    return run(decode(program == null ? standardInput() : program), bytes);
  }

  private boolean run(List<Insn> insns, byte[] bytes) {
    Memory reachable = new Memory();
    long address = bytes.length == 0 ? 0 : reachable.add("memory", bytes).address();
    Outcome outcome =
        Machine.interpreter().run(Code.of(insns), reachable, ECHO, address, bytes.length);
    return switch (outcome) {
      case Outcome.Returned(long r0) -> {
        out().println(Long.toHexString(r0));
        yield true;
      }
      case Outcome.Fault(Outcome.Kind kind, InsnIndex at, String message) -> {
        err().printf("bpf4j: %s at instruction %d: %s%n", kind, at.value(), message);
        yield false;
      }
      case Outcome.BudgetExhausted(InsnIndex at, long budget) -> {
        err().printf("bpf4j: stopped at instruction %d after %d%n", at.value(), budget);
        yield false;
      }
    };
  }

  private byte[] memoryOrFile(String text) {
    try {
      return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    } catch (IllegalArgumentException _) {
      throw misused(text + " is neither a file nor memory in hex");
    }
  }

  private byte[] hex(String what, @Nullable String text) {
    if (text == null) {
      return new byte[0];
    }
    try {
      return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw misused(what + ": " + e.getMessage());
    }
  }

  private List<Insn> decode(String text) throws CommandFailedException {
    try {
      return InsnCodec.decode(hex("the program", text));
    } catch (MalformedObjectException e) {
      throw new CommandFailedException("the program: " + e.getMessage());
    }
  }

  private static String standardInput() throws CommandFailedException {
    try {
      return new String(System.in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw CommandFailedException.of(Path.of("standard input"), e);
    }
  }
}
