package org.bpf4j.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/// One run of the command line within the test.
///
/// @param status the exit status
/// @param out what it answered
/// @param err what it said went wrong
record CommandRun(int status, String out, String err) {

  static CommandRun of(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] args = new String[arguments.length];
    for (int i = 0; i < args.length; i++) {
      args[i] = arguments[i].toString();
    }
    int status = Main.run(new PrintWriter(out), new PrintWriter(err), args);
    return new CommandRun(status, out.toString(), err.toString());
  }
}
