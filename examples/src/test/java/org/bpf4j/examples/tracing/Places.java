package org.bpf4j.examples.tracing;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.MapFlag;
import org.bpf4j.lang.MapFlags;
import org.bpf4j.lang.StackTraceMap;
import org.bpf4j.lang.Uprobe;

/// Keeps who calls the C library, as places in files and as addresses.
@Bpf(license = "GPL")
public final class Places {

  @Config static int process = -1;

  @MapFlags(MapFlag.STACK_BUILD_ID)
  static final StackTraceMap places = StackTraceMap.create(64);

  static final StackTraceMap addresses = StackTraceMap.create(64);

  static int place = -1;
  static int address = -1;

  @Uprobe(binary = "libc.so.6", function = "toupper")
  static void enter() {
    if ((int) (Helpers.getCurrentPidTgid() >>> 32) == process) {
      place = places.getStackid(StackTraceMap.USER_STACK | StackTraceMap.REUSE_STACKID);
      address = addresses.getStackid(StackTraceMap.USER_STACK | StackTraceMap.REUSE_STACKID);
    }
  }

  private Places() {}
}
