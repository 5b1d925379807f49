package org.bpf4j.attach;

import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.sys.Bpf;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.KernelLink;

/// Attaches programs to what they were loaded for; every supported kernel makes a link of it.
final class TracingAttachment {

  private TracingAttachment() {}

  /// Attaches a program.
  static Link attach(Descriptor program, Hook.Tracing hook) {
    long result = Bpf.openTracing(program.number());
    return KernelLink.of(hook, Descriptor.of(result, "attaching to " + hook));
  }
}
