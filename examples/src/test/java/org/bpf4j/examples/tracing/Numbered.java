package org.bpf4j.examples.tracing;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Fentry;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Kprobe;
import org.bpf4j.lang.KprobeMulti;

/// Programs that ask which of several attachments they run for.
@Bpf(license = "GPL")
public final class Numbered {

  @Config static int process = -1;

  static long probed;
  static long inside;
  static long insides;
  static long connecting;
  static long listening;
  static long entered;

  @Kprobe("tcp_v4_connect")
  static void probe() {
    if (mine()) {
      probed = Helpers.getAttachCookie();
    }
  }

  @Kprobe({"tcp_v4_connect+0x9", "tcp_v4_connect+5"})
  static void insideOf() {
    if (mine()) {
      insides++;
      inside = Math.max(inside, Helpers.getAttachCookie());
    }
  }

  @KprobeMulti({"tcp_v4_connect", "__sys_listen"})
  static void any() {
    if (mine()) {
      long cookie = Helpers.getAttachCookie();
      if (cookie < 10) {
        connecting = cookie;
      } else {
        listening = cookie;
      }
    }
  }

  @Fentry("tcp_v4_connect")
  static void enter() {
    if (mine()) {
      entered = Helpers.getAttachCookie();
    }
  }

  private static boolean mine() {
    return (int) (Helpers.getCurrentPidTgid() >>> 32) == process;
  }

  private Numbered() {}
}
