package org.bpf4j.attach;

import java.util.function.ToLongFunction;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.sys.AttachCommands;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.KernelLink;
import org.bpf4j.sys.Refusal;

/// Attaches programs to what they were loaded for; every supported kernel makes a link of it.
final class TracingAttachment {

  private TracingAttachment() {}

  /// The first kernels with cookies around functions, and at tracepoints.
  private static final KernelVersion COOKIES = new KernelVersion(5, 19);

  private static final KernelVersion TRACEPOINT_COOKIES = new KernelVersion(6, 10);

  /// Attaches a program; only the younger of two ways takes a cookie.
  static Link attach(
      Descriptor program, ProgramKind kind, Hook.Tracing hook, ToLongFunction<String> cookies) {
    long cookie = cookies.applyAsLong(hook.target());
    long result =
        cookie == 0
            ? AttachCommands.openTracing(program.number())
            : AttachCommands.createTracingLink(program.number(), kind.expectedAttachType(), cookie);
    boolean unbound = Errno.EINVAL.is(result) || Errno.ENOENT.is(result);
    if (kind == ProgramKind.FREPLACE && unbound) {
      throw new UnsupportedFeatureException(
          "attaching an extension that was attached before; load it again", null);
    }
    if (cookie != 0 && Errno.EINVAL.is(result)) {
      throw new UnsupportedFeatureException(
          "cookies for such a hook",
          kind == ProgramKind.BTF_TRACEPOINT ? TRACEPOINT_COOKIES : COOKIES);
    }
    return KernelLink.of(hook, Refusal.attached(result, hook));
  }
}
