package org.bpf4j.inspect;

import org.bpf4j.handle.LoadedRing;
import org.bpf4j.inventory.ListedMap;
import org.bpf4j.inventory.Tenure;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.KernelRing;

/// A ring buffer that somebody else made, open until it is closed. Each of its records goes to one
/// reader, whoever that is.
public final class OpenedRing implements AutoCloseable {

  private final ListedMap listed;
  private final KernelRing ring;

  private OpenedRing(ListedMap listed, KernelRing ring) {
    this.listed = listed;
    this.ring = ring;
  }

  /// Takes ownership of a descriptor.
  static OpenedRing of(Descriptor descriptor) {
    try {
      ListedMap listed = MapReader.read(descriptor, Tenure.UNKNOWN);
      MapDefinition found =
          MapReader.definition(descriptor)
              .filter(definition -> definition.kind() == MapKind.RINGBUF)
              .orElseThrow(
                  () ->
                      new UnsupportedFeatureException(
                          "reading maps of " + listed.type() + " as a ring buffer", null));
      return new OpenedRing(listed, new KernelRing(found, descriptor));
    } catch (RuntimeException | Error e) {
      descriptor.close();
      throw e;
    }
  }

  /// What the kernel says of it.
  public ListedMap listed() {
    return listed;
  }

  /// The ring, as bytes.
  public LoadedRing ring() {
    return ring;
  }

  @Override
  public void close() {
    ring.close();
  }
}
