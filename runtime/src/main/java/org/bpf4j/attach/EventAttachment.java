package org.bpf4j.attach;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.sys.AttachCommands;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.Failure;
import org.bpf4j.sys.KernelLink;
import org.bpf4j.sys.KernelNames;
import org.bpf4j.sys.PerfEvent;
import org.bpf4j.sys.ProbeLinks;
import org.bpf4j.sys.Refusal;

/// Attaches to tracepoints, by perf event or raw, and to other perf events.
final class EventAttachment {

  /// The first kernel with cookies for perf events, and the first with those for raw tracepoints.
  private static final KernelVersion COOKIES = new KernelVersion(5, 15);

  private static final KernelVersion RAW_COOKIES = new KernelVersion(6, 10);

  private EventAttachment() {}

  /// Attaches to a tracepoint by a perf event.
  static Link attach(Descriptor program, Hook.Tracepoint hook, ToLongFunction<String> cookies) {
    Path events = TraceFs.root().resolve("events");
    Path id = events.resolve(hook.category()).resolve(hook.name()).resolve("id");
    if (!isName(hook.category()) || !isName(hook.name()) || !Files.exists(id)) {
      throw new NoSuchTargetException(
          "tracepoint " + hook.category() + "/" + hook.name(), like(events, hook));
    }
    long number = Long.parseLong(TraceFs.read(id));
    Descriptor event =
        Refusal.opened(PerfEvent.openTracepoint(number), "opening tracepoint " + hook.name(), hook);
    return attach(program, hook, event, cookies.applyAsLong(hook.name()));
  }

  /// Names like it of the same category, or that name in others, or else categories like its own.
  private static List<String> like(Path events, Hook.Tracepoint hook) {
    if (!isName(hook.category()) || !isName(hook.name())) {
      return List.of();
    }
    List<String> same = TraceFs.namesLike(events.resolve(hook.category()), hook.name());
    List<String> elsewhere =
        TraceFs.names(events).stream()
            .filter(category -> Files.exists(events.resolve(category).resolve(hook.name())))
            .map(category -> category + "/" + hook.name())
            .sorted()
            .toList();
    return Stream.of(
            same.stream().map(name -> hook.category() + "/" + name).toList(),
            elsewhere,
            TraceFs.namesLike(events, hook.category()).stream()
                .filter(category -> !category.equals(hook.category()))
                .map(category -> category + "/…")
                .toList())
        .filter(names -> !names.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /// Attaches to samples of a counter.
  static Link attach(Descriptor program, Hook.PerfEvent hook, ToLongFunction<String> cookies) {
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
    Descriptor open = Refusal.opened(event, "opening " + hook, hook);
    return attach(program, hook, open, cookies.applyAsLong(""));
  }

  /// No path may leave the directory of events.
  private static boolean isName(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c == '_' || Character.isLetterOrDigit(c));
  }

  /// Attaches to an open perf event: by a link, or before 5.15 by the event itself, which are
  /// younger and older ways to the same end.
  ///
  /// @param event closed if that fails
  /// @param cookie what the program can ask for, or 0
  static Link attach(Descriptor program, Hook hook, Descriptor event, long cookie) {
    try {
      long link = AttachCommands.createEventLink(program.number(), event.number(), cookie);
      if (Errno.EINVAL.is(link)) {
        requireNone(cookie, COOKIES);
        Refusal.check(PerfEvent.attach(event, program), hook);
        return ProbeLinks.ofEvent(hook, event);
      }
      Descriptor descriptor = Refusal.attached(link, hook);
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

  /// Kernels that know no cookies refuse the whole attachment.
  static void requireNone(long cookie, KernelVersion since) {
    if (cookie != 0) {
      throw new UnsupportedFeatureException("cookies for such a hook", since);
    }
  }

  /// Attaches to a tracepoint's raw arguments.
  static Link attach(Descriptor program, Hook.RawTracepoint hook, ToLongFunction<String> cookies) {
    long cookie = cookies.applyAsLong(hook.name());
    long result = AttachCommands.openRawTracepoint(program.number(), hook.name(), cookie);
    if (Errno.EINVAL.is(result)) {
      requireNone(cookie, RAW_COOKIES);
    }
    if (Errno.ENOENT.is(result)) {
      throw new NoSuchTargetException(
          "tracepoint " + hook.name(), KernelNames.tracepointsLike(hook.name()));
    }
    return KernelLink.of(hook, Refusal.attached(result, hook));
  }
}
