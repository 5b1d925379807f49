package org.bpf4j.handle;

import org.bpf4j.lang.XdpAction;

/// What an XDP program did with a frame.
///
/// @param action its verdict
/// @param run everything else: the frame as it left it, the time
public record XdpRun(XdpAction action, TestRun run) {

  /// Reads the verdict; a number that is none counts as aborted, as in the kernel.
  static XdpRun of(TestRun run) {
    XdpAction[] actions = XdpAction.values();
    int code = run.returnValue();
    boolean known = code >= 0 && code < actions.length;
    return new XdpRun(known ? actions[code] : XdpAction.ABORTED, run);
  }

  /// The frame as the program left it.
  public byte[] bytes() {
    return run.data();
  }
}
