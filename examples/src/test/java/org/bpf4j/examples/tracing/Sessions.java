package org.bpf4j.examples.tracing;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KprobeSession;
import org.bpf4j.lang.UprobeSession;

/// Sees calls of one process at their entries, and those that it asks for when they return.
@Bpf(license = "GPL")
public final class Sessions {

  @Config static int process = -1;

  static long entries;
  static long returns;
  static int argument;
  static int result;

  @KprobeSession("__sys_listen")
  static int listen(int returned, int descriptor, int backlog) {
    if ((int) (Helpers.getCurrentPidTgid() >>> 32) != process) {
      return 1;
    }
    if (Helpers.sessionIsReturn()) {
      returns++;
      result = returned;
      return 0;
    }
    entries++;
    argument = backlog;
    return backlog > 10 ? 0 : 1;
  }

  @UprobeSession(binary = "libc.so.6", functions = "toupper")
  static int upper(int returned, int letter) {
    if (Helpers.sessionIsReturn()) {
      returns++;
      result = returned;
      return 0;
    }
    entries++;
    argument = letter;
    return letter == 'q' ? 1 : 0;
  }

  private Sessions() {}
}
