package org.bpf4j.sys;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bpf4j.event.Events;
import org.bpf4j.handle.Hook;
import org.bpf4j.inventory.ListedLink;
import org.bpf4j.inventory.Tenure;
import org.bpf4j.object.KernelVersion;
import org.jspecify.annotations.Nullable;

/// An attachment to perf events: by a link to each of several, or as kernels before 5.15 have it to
/// one without a link. It lasts as long as their descriptors.
public final class ProbeLinks extends PlainLink {

  private final List<Descriptor> links;
  private final List<Descriptor> events;
  private final Lifetime lifetime;
  private final AtomicBoolean closed = new AtomicBoolean();

  private ProbeLinks(
      Hook hook, @Nullable KernelVersion since, List<Descriptor> links, List<Descriptor> events) {
    super(hook, since);
    this.links = List.copyOf(links);
    this.events = List.copyOf(events);
    lifetime = new Lifetime("link to " + hook, this::free);
  }

  /// Takes over a link to each of several events.
  public static ProbeLinks of(Hook hook, List<Descriptor> links, List<Descriptor> events) {
    return new ProbeLinks(hook, null, links, events);
  }

  /// Takes over an event with a program.
  public static ProbeLinks ofEvent(Hook hook, Descriptor event) {
    return new ProbeLinks(hook, new KernelVersion(5, 15), List.of(), List.of(event));
  }

  /// What the kernel says of the first of them.
  @Override
  public ListedLink info() {
    if (links.isEmpty()) {
      return super.info();
    }
    lifetime.enter();
    try {
      return LinkReader.read(links.getFirst(), Tenure.UNKNOWN);
    } finally {
      lifetime.leave();
    }
  }

  @Override
  public boolean diesWithProcess() {
    return true;
  }

  private void free() {
    links.forEach(Descriptor::close);
    events.forEach(Descriptor::close);
  }

  @Override
  public void close() {
    lifetime.close();
    if (closed.compareAndSet(false, true)) {
      Events.detached(place().toString());
    }
  }
}
