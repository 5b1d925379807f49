package org.bpf4j.attach;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.KernelNames;
import org.bpf4j.sys.PerfEvent;
import org.bpf4j.sys.Refusal;

/// Attaches to entries and returns of kernel functions, by the `kprobe` event source.
final class KprobeAttachment {

  /// Holds the number of the event source (`perf_event_open(2)`, dynamic PMU).
  private static final Path TYPE = Path.of("/sys/bus/event_source/devices/kprobe/type");

  private KprobeAttachment() {}

  /// Attaches to a function, or to an instruction of it.
  static Link attach(Descriptor program, Hook.Kprobe hook, ToLongFunction<String> cookies) {
    if (!Files.exists(TYPE)) {
      throw new UnsupportedFeatureException(
          "kprobes: it has no " + TYPE + " (CONFIG_KPROBE_EVENTS)", null);
    }
    long event =
        PerfEvent.openKprobe(
            Integer.parseInt(TraceFs.read(TYPE)), name(hook), distance(hook), hook.atReturn());
    if (Errno.ENOENT.is(event)
        || Errno.EINVAL.is(event)
        || Errno.EILSEQ.is(event)
        || Errno.EADDRNOTAVAIL.is(event)) {
      throw missing(hook);
    }
    return EventAttachment.attach(
        program,
        hook,
        Refusal.opened(event, "opening a probe of " + hook.function(), hook),
        cookies.applyAsLong(name(hook)));
  }

  private static NoSuchTargetException missing(Hook.Kprobe hook) {
    String name = name(hook);
    String what = "kernel function `" + hook.function() + "` that can be probed";
    return KernelNames.whyNotProbed(name)
        .map(reason -> new NoSuchTargetException(what + " (" + reason + ")", List.of()))
        .orElseGet(() -> new NoSuchTargetException(what, KernelNames.functionsLike(name)));
  }

  private static String name(Hook.Kprobe hook) {
    int plus = hook.function().indexOf('+');
    return plus < 0 ? hook.function() : hook.function().substring(0, plus);
  }

  /// The bytes behind the function's entry, in decimal, or with `0x` before them in hexadecimal.
  private static long distance(Hook.Kprobe hook) {
    int plus = hook.function().indexOf('+');
    try {
      return plus < 0 ? 0 : Long.decode(hook.function().substring(plus + 1));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("no distance in `" + hook.function() + "`", e);
    }
  }
}
