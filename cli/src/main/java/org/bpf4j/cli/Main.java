package org.bpf4j.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.bpf4j.kernel.BpfException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/// The program `bpf4j`.
@Command(
    name = "bpf4j",
    description = "eBPF programs as static Java methods.",
    mixinStandardHelpOptions = true,
    scope = CommandLine.ScopeType.INHERIT,
    version = "bpf4j 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      CompileCommand.class,
      RunCommand.class,
      InspectCommand.class,
      LoadCommand.class,
      VmCommand.class,
      CheckCommand.class,
      ProgCommand.class,
      MapCommand.class,
      LinkCommand.class,
      BtfCommand.class,
      TopCommand.class,
      DoctorCommand.class,
      HelpCommand.class
    })
public final class Main {

  /// How the loggers of the libraries print: a word and the message, in one line.
  private static final String LOG_FORMAT = "%4$s: %5$s%n";

  private Main() {}

  /// Runs a command, then ends the process.
  public static void main(String[] args) {
    System.setProperty("java.util.logging.SimpleFormatter.format", LOG_FORMAT);
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, args));
  }

  /// Runs a command and returns the exit status.
  static int run(PrintWriter out, PrintWriter err, String... args) {
    CommandLine line = new CommandLine(new Main());
    line.setOut(out);
    line.setErr(err);
    line.setExecutionExceptionHandler(Main::failed);
    int status = line.execute(args);
    out.flush();
    err.flush();
    return status;
  }

  /// What a user can mend is a message; anything else is a defect, and thrown on for its trace.
  private static int failed(
      Exception exception, CommandLine line, CommandLine.ParseResult arguments) throws Exception {
    if (exception instanceof CommandFailedException || exception instanceof BpfException) {
      line.getErr().println("bpf4j: " + exception.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw exception;
  }
}
