package org.bpf4j.attach;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.sys.Bpf;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.Failure;
import org.bpf4j.sys.KernelLink;
import org.bpf4j.sys.PerfEvent;

/// Attaches to tracepoints, by perf event or raw, and to other perf events.
final class EventAttachment {

  /// `BPF_PERF_EVENT` of `enum bpf_attach_type`.
  private static final int PERF_EVENT = 41;

  private EventAttachment() {}

  /// Attaches to a tracepoint by a perf event.
  static Link attach(Descriptor program, Hook.Tracepoint hook) {
    Path events = TraceFs.root().resolve("events");
    Path id = events.resolve(hook.category()).resolve(hook.name()).resolve("id");
    if (!isName(hook.category()) || !isName(hook.name()) || !Files.exists(id)) {
      throw new NoSuchTargetException(
          "tracepoint " + hook.category() + "/" + hook.name(),
          isName(hook.category())
              ? TraceFs.namesLike(events.resolve(hook.category()), hook.name())
              : List.of());
    }
    long number = Long.parseLong(TraceFs.read(id));
    Descriptor event =
        Descriptor.of(PerfEvent.openTracepoint(number), "opening tracepoint " + hook.name());
    return attach(program, hook, event);
  }

  /// Attaches to samples of a counter.
  static Link attach(Descriptor program, Hook.PerfEvent hook) {
    long event =
        PerfEvent.openCounter(
            hook.counter().type(),
            hook.counter().number(),
            hook.period(),
            Math.toIntExact(hook.process()),
            hook.cpu());
    if (Errno.ENOENT.is(event) || Errno.EOPNOTSUPP.is(event)) {
      throw new NoSuchTargetException("counter " + hook.counter(), List.of());
    }
    return attach(program, hook, Descriptor.of(event, "opening " + hook));
  }

  /// No path may leave the directory of events.
  private static boolean isName(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c == '_' || Character.isLetterOrDigit(c));
  }

  /// Attaches to an open perf event: by a link, or before 5.15 by the event itself, which are
  /// younger and older ways to the same end.
  ///
  /// @param event closed if that fails
  static Link attach(Descriptor program, Hook hook, Descriptor event) {
    try {
      long link = Bpf.createLink(program.number(), event.number(), PERF_EVENT, 0);
      if (Errno.EINVAL.is(link)) {
        Failure.check(PerfEvent.attach(event, program), "attaching to " + hook);
        return KernelLink.ofEvent(hook, event);
      }
      Descriptor descriptor = Descriptor.of(link, "attaching to " + hook);
      long enabled = PerfEvent.enable(event);
      if (enabled < 0) {
        descriptor.close();
        throw Failure.of(enabled, "enabling " + hook);
      }
      return KernelLink.of(hook, descriptor, event);
    } catch (RuntimeException e) {
      event.close();
      throw e;
    }
  }

  /// Attaches to a tracepoint's raw arguments.
  static Link attach(Descriptor program, Hook.RawTracepoint hook) {
    long result = Bpf.openRawTracepoint(program.number(), hook.name());
    if (Errno.ENOENT.is(result)) {
      throw new NoSuchTargetException("tracepoint " + hook.name(), List.of());
    }
    return KernelLink.of(hook, Descriptor.of(result, "attaching to " + hook));
  }
}
