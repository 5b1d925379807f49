package org.bpf4j.probe;

import org.bpf4j.sys.AttachCommands;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.VerifierReport;

/// Tries ways of attaching, to what cannot exist.
///
/// Of XDP a kernel says the same, whether it does not know such links or the interface; but it got
/// them before the oldest kernel that is supported, so its programs are enough.
final class LinkProbe {

  /// No descriptor and no interface has this number.
  private static final int NOWHERE = Integer.MAX_VALUE;

  private LinkProbe() {}

  static Support kind(LinkKind kind) {
    long loaded =
        Trial.load(
            kind.programType(),
            kind.expectedAttachType(),
            ProgramProbe.smallest(),
            VerifierReport.NONE);
    if (loaded < 0) {
      return Errno.EINVAL.is(loaded) ? Support.NO : Support.UNKNOWN;
    }
    if (kind == LinkKind.XDP) {
      Descriptor.own(loaded).close();
      return Support.YES;
    }
    try (Descriptor program = Descriptor.own(loaded)) {
      long result = AttachCommands.tryLink(program, NOWHERE, kind.attachType());
      if (result >= 0) {
        Descriptor.own(result).close();
        return Support.YES;
      }
      if (kind == LinkKind.KPROBE_MULTI || kind == LinkKind.UPROBE_MULTI) {
        return multi(result);
      }
      return Errno.EINVAL.is(result) || Errno.EOPNOTSUPP.is(result)
          ? Support.NO
          : Errno.EPERM.is(result) ? Support.UNKNOWN : Support.YES;
    }
  }

  /// The requests say that a list lies where no memory is, which a kernel finds out only if it
  /// knows the list.
  private static Support multi(long result) {
    return Errno.EFAULT.is(result)
        ? Support.YES
        : Errno.EPERM.is(result) ? Support.UNKNOWN : Support.NO;
  }
}
