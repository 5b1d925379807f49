package org.bpf4j.examples.tracing;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KprobeMulti;
import org.bpf4j.lang.KretprobeMulti;
import org.bpf4j.lang.UprobeMulti;
import org.bpf4j.lang.UretprobeMulti;

/// Counts what one process does, with one program for many functions.
@Bpf(license = "GPL")
public final class ManyFunctions {

  @Config static int process = -1;

  static long letters;
  static long sum;
  static long results;
  static long connects;
  static long connected;

  @UprobeMulti(
      binary = "libc.so.6",
      functions = {"touppe?", "tolo*r"})
  static void enter(int character) {
    if (mine()) {
      letters++;
      sum += character;
    }
  }

  @UretprobeMulti(
      binary = "libc.so.6",
      functions = {"toupper", "tolower"})
  static void leave(int character) {
    if (mine()) {
      results += character;
    }
  }

  @KprobeMulti({"tcp_v?_connect", "no_such_function"})
  static void connect() {
    if (mine()) {
      connects++;
    }
  }

  @KretprobeMulti("tcp_v?_connect")
  static void connectDone(int result) {
    if (mine() && result == 0) {
      connected++;
    }
  }

  private static boolean mine() {
    return (int) (Helpers.getCurrentPidTgid() >>> 32) == process;
  }

  private ManyFunctions() {}
}
