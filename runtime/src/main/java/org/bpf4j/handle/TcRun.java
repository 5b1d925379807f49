package org.bpf4j.handle;

import org.bpf4j.lang.TcAction;

/// What a traffic control program did with a packet.
///
/// @param action its verdict
/// @param run everything else: the packet as it left it, the time
public record TcRun(TcAction action, TestRun run) {

  /// Reads the verdict; a number that is none counts as unspecified, as in the kernel.
  static TcRun of(TestRun run) {
    return new TcRun(Verdicts.find(TcAction.class, run.returnValue()).orElse(TcAction.UNSPEC), run);
  }

  /// The packet as the program left it.
  public byte[] bytes() {
    return run.data();
  }
}
