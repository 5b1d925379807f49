package org.bpf4j.attach;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToLongFunction;
import org.bpf4j.handle.BinaryPlace;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.PerfEvent;
import org.bpf4j.sys.Refusal;

/// Attaches to functions of executables and libraries, by the `uprobe` event source.
final class UprobeAttachment {

  /// Holds the number of the event source (`perf_event_open(2)`, dynamic PMU).
  private static final Path TYPE = Path.of("/sys/bus/event_source/devices/uprobe/type");

  private UprobeAttachment() {}

  /// The number of the event source.
  ///
  /// @throws UnsupportedFeatureException if the kernel has none
  static int type() {
    if (!Files.exists(TYPE)) {
      throw new UnsupportedFeatureException(
          "uprobes: it has no " + TYPE + " (CONFIG_UPROBE_EVENTS)", null);
    }
    return Integer.parseInt(TraceFs.read(TYPE));
  }

  /// Attaches to a place.
  static Link attach(Descriptor program, Hook.Uprobe hook, ToLongFunction<String> cookies) {
    int type = type();
    BinaryPlace place = hook.place();
    Executable executable = Executable.open(place.binary(), hook.process());
    long offset =
        place.function().isEmpty()
            ? place.offset()
            : Math.addExact(executable.offset(place.function()), place.offset());
    long event =
        PerfEvent.openUprobe(
            type,
            executable.path().toString(),
            offset,
            0,
            Math.toIntExact(hook.process()),
            hook.atReturn());
    return EventAttachment.attach(
        program,
        hook,
        Refusal.opened(event, "opening a probe of " + place, hook),
        cookies.applyAsLong(place.function()));
  }
}
