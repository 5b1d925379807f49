package org.bpf4j.inspect;

import java.util.Optional;
import org.bpf4j.btf.BtfTypes;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.inventory.ListedMap;
import org.bpf4j.inventory.Tenure;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.KernelMap;

/// A map that somebody else made, open until it is closed.
public final class OpenedMap implements AutoCloseable {

  private final ListedMap listed;
  private final KernelMap map;

  private OpenedMap(ListedMap listed, KernelMap map) {
    this.listed = listed;
    this.map = map;
  }

  /// Takes ownership of a descriptor.
  static OpenedMap of(Descriptor descriptor) {
    try {
      ListedMap listed = MapReader.read(descriptor, Tenure.UNKNOWN);
      MapDefinition found =
          MapReader.definition(descriptor)
              .orElseThrow(
                  () -> new UnsupportedFeatureException("reading maps of " + listed.type(), null));
      return new OpenedMap(listed, new KernelMap(found, descriptor));
    } catch (RuntimeException | Error e) {
      descriptor.close();
      throw e;
    }
  }

  /// What the kernel says of it.
  public ListedMap listed() {
    return listed;
  }

  /// The map, as bytes.
  public LoadedMap map() {
    return map;
  }

  /// The types in which its keys and values are described; empty if it was created without.
  public Optional<BtfTypes> types() {
    int id = listed.types().typesId();
    return id == 0 ? Optional.empty() : TypesReader.contents(id);
  }

  @Override
  public void close() {
    map.close();
  }
}
