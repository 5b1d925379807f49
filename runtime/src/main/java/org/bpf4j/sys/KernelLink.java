package org.bpf4j.sys;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bpf4j.event.Events;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.KernelVersion;

/// An attachment that lives as long as its descriptors: closing them, also by the end of the
/// process, detaches.
public final class KernelLink implements Link {

  private final Hook hook;
  private final boolean pinnable;
  private final List<Descriptor> descriptors;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean pinned;

  private KernelLink(Hook hook, boolean pinnable, List<Descriptor> descriptors) {
    this.hook = hook;
    this.pinnable = pinnable;
    this.descriptors = descriptors;
  }

  /// An attachment by a link of bpf(2).
  ///
  /// @param others what to close behind it, such as the perf event that it is on
  public static KernelLink of(Hook hook, Descriptor link, Descriptor... others) {
    List<Descriptor> all = new ArrayList<>(List.of(link));
    all.addAll(List.of(others));
    return new KernelLink(hook, true, List.copyOf(all));
  }

  /// An attachment to several places by as many links and their perf events; it cannot be pinned.
  public static KernelLink ofMany(Hook hook, List<Descriptor> descriptors) {
    return new KernelLink(hook, false, List.copyOf(descriptors));
  }

  /// An attachment by a perf event alone, as kernels before 5.15 have it.
  public static KernelLink ofEvent(Hook hook, Descriptor event) {
    return new KernelLink(hook, false, List.of(event));
  }

  @Override
  public Hook hook() {
    return hook;
  }

  @Override
  public boolean diesWithProcess() {
    return !pinned;
  }

  @Override
  public void pin(Path path) {
    if (!pinnable) {
      throw new UnsupportedFeatureException("pinning of " + hook, new KernelVersion(5, 15));
    }
    Failure.check(Bpf.pin(descriptors.getFirst(), path), "pinning of " + hook + " to " + path);
    pinned = true;
  }

  @Override
  public Link release() {
    return this;
  }

  @Override
  public void close() {
    descriptors.forEach(Descriptor::close);
    if (closed.compareAndSet(false, true) && !pinned) {
      Events.detached(hook.toString());
    }
  }

  @Override
  public String toString() {
    return "link to " + hook;
  }
}
