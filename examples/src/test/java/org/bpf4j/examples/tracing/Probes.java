package org.bpf4j.examples.tracing;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Kretprobe;
import org.bpf4j.lang.Kretsyscall;
import org.bpf4j.lang.Ksyscall;

/// Counts what one process does, by probes.
@Bpf(license = "GPL")
public final class Probes {

  @Config static int process = -1;

  static long returns;
  static int result;
  static long seeks;
  static long offset;
  static int whence;
  static long seekReturns;
  static long position;

  @Kretprobe({"no_such_function", "tcp_v4_connect"})
  static void connectDone(int returned) {
    if (mine()) {
      returns++;
      result = returned;
    }
  }

  @Ksyscall("lseek")
  static void seek(int file, long to, int from) {
    if (mine()) {
      seeks++;
      offset = to;
      whence = from;
    }
  }

  @Kretsyscall("lseek")
  static void seekDone(long at) {
    if (mine()) {
      seekReturns++;
      position = at;
    }
  }

  private static boolean mine() {
    return (int) (Helpers.getCurrentPidTgid() >>> 32) == process;
  }

  private Probes() {}
}
