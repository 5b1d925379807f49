package org.bpf4j.handle;

import org.bpf4j.lang.XdpAction;

/// What an XDP program did with a frame.
///
/// @param action its verdict
/// @param run everything else: the frame as it left it, the time
public record XdpRun(XdpAction action, TestRun run) {

  /// Reads the verdict; a number that is none counts as aborted, as in the kernel.
  static XdpRun of(TestRun run) {
    return new XdpRun(
        Verdicts.find(XdpAction.class, run.returnValue()).orElse(XdpAction.ABORTED), run);
  }

  /// The frame as the program left it.
  public byte[] bytes() {
    return run.data();
  }
}
