package org.bpf4j.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// One command of the command line.
abstract sealed class CliCommand implements Callable<Integer>
    permits CompileCommand,
        RunCommand,
        InspectCommand,
        LoadCommand,
        VmCommand,
        CheckCommand,
        TopCommand,
        DoctorCommand,
        InventoryCommand {

  @Spec private CommandSpec spec = CommandSpec.create();

  /// Does the job.
  ///
  /// @return whether all is well
  /// @throws CommandFailedException if it cannot be done
  abstract boolean run() throws CommandFailedException;

  @Override
  public final Integer call() throws CommandFailedException {
    return run() ? 0 : 1;
  }

  /// Where the answer goes.
  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /// Where it is said what went wrong.
  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /// Arguments that make no sense.
  final ParameterException misused(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
