package org.bpf4j.load;

import java.util.Map;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.object.DataSection;
import org.bpf4j.sys.KernelArena;
import org.bpf4j.sys.KernelMap;
import org.bpf4j.sys.KernelMemory;
import org.bpf4j.sys.KernelRing;
import org.bpf4j.sys.KernelUserRing;

/// The descriptor numbers that programs refer to, by name.
record Descriptors(
    Map<String, KernelMap> maps,
    Map<String, KernelRing> rings,
    Map<String, KernelUserRing> userRings,
    Map<String, KernelArena> arenas,
    Map<String, KernelMemory> sections) {

  /// The number of a map or a ring.
  int map(String name) {
    KernelMap map = maps.get(name);
    if (map != null) {
      return map.descriptor().number();
    }
    KernelRing ring = rings.get(name);
    if (ring != null) {
      return ring.descriptor().number();
    }
    KernelUserRing userRing = userRings.get(name);
    if (userRing != null) {
      return userRing.descriptor().number();
    }
    KernelArena arena = arenas.get(name);
    if (arena != null) {
      return arena.descriptor().number();
    }
    throw new MalformedObjectException("a program refers to map `" + name + "`, which is missing");
  }

  /// The number of the map of a data section; variables that lie in an arena are in the object's
  /// only one.
  int section(String name) {
    if (name.equals(DataSection.ARENA) && arenas.size() == 1) {
      return arenas.values().iterator().next().descriptor().number();
    }
    KernelMemory section = sections.get(name);
    if (section == null) {
      throw new MalformedObjectException(
          "a program refers to section `" + name + "`, which is missing or empty");
    }
    return section.descriptor().number();
  }
}
