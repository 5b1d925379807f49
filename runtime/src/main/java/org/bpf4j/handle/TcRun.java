package org.bpf4j.handle;

import org.bpf4j.lang.TcAction;

/// What a traffic control program did with a packet.
///
/// @param action its verdict
/// @param run everything else: the packet as it left it, the time
public record TcRun(TcAction action, TestRun run) {

  /// Reads the verdict; a number that is none counts as unspecified, as in the kernel.
  ///
  /// The codes are `TC_ACT_*`: from −1 (`UNSPEC`), in the order of the enum.
  static TcRun of(TestRun run) {
    TcAction[] actions = TcAction.values();
    long index = run.returnValue() + 1L;
    boolean known = index >= 0 && index < actions.length;
    return new TcRun(known ? actions[(int) index] : TcAction.UNSPEC, run);
  }

  /// The packet as the program left it.
  public byte[] bytes() {
    return run.data();
  }
}
