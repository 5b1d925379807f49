package org.bpf4j.load;

import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.KernelMap;
import org.bpf4j.sys.KernelRing;
import org.bpf4j.sys.KernelUserRing;

/// The maps of an object that are open here, by their names and by what is done with them.
///
/// @param plain those of keys and values
/// @param rings what programs write
/// @param userRings what programs read
record OpenMaps(
    Map<String, KernelMap> plain,
    Map<String, KernelRing> rings,
    Map<String, KernelUserRing> userRings) {

  /// None yet.
  OpenMaps() {
    this(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  /// Takes over a map's descriptor, which the caller closes if this fails.
  ///
  /// @param undo gets what frees the map again
  void add(MapDefinition map, Descriptor descriptor, Deque<Runnable> undo) {
    switch (map.kind()) {
      case RINGBUF -> {
        KernelRing ring = new KernelRing(map, descriptor);
        undo.push(ring::close);
        rings.put(map.name(), ring);
      }
      case USER_RINGBUF -> {
        KernelUserRing ring = new KernelUserRing(map, descriptor);
        undo.push(ring::close);
        userRings.put(map.name(), ring);
      }
      default -> {
        KernelMap opened = new KernelMap(map, descriptor);
        undo.push(opened::close);
        plain.put(map.name(), opened);
      }
    }
  }
}
