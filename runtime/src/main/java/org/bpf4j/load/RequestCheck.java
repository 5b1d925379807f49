package org.bpf4j.load;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.object.BpfFunction;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.DataSection;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.sys.Cpus;

/// Refuses requests that name what the object does not have, and objects that have two things of
/// one name, before anything is created.
final class RequestCheck {

  private RequestCheck() {}

  /// Checks a request.
  ///
  /// @throws IllegalArgumentException if it does not fit its object
  /// @throws MalformedObjectException if two things of the object have one name
  /// @throws org.bpf4j.kernel.NotPermittedException if the object asks for more than its limits
  static void check(LoadRequest request) {
    BpfObject object = request.object();
    request.limits().check(request, Cpus.possible());
    List<String> maps = object.maps().stream().map(MapDefinition::name).toList();
    check("map", request.maxEntries().keySet(), maps);
    check("map", request.sources().keySet(), maps);
    List<String> programs = object.programs().stream().map(BpfFunction::name).toList();
    check("program", request.skipped(), programs);
    check("program", request.replaced().keySet(), programs);
    List<String> sections = object.data().stream().map(DataSection::name).toList();
    check("data section", request.data().keySet(), sections);
    distinct("maps", maps);
    distinct("programs", programs);
    distinct("data sections", sections);
    distinct("structs", OperationTable.of(object).stream().map(OperationTable::name).toList());
    for (DataSection section : object.data()) {
      byte[] contents = request.data().get(section.name());
      if (contents != null && contents.length != section.size()) {
        throw new IllegalArgumentException(
            "%d bytes for section `%s`, which has %d"
                .formatted(contents.length, section.name(), section.size()));
      }
    }
  }

  private static void distinct(String what, List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new MalformedObjectException("two " + what + " are called `" + name + "`");
      }
    }
  }

  private static void check(String what, Set<String> named, Collection<String> present) {
    for (String name : named) {
      if (!present.contains(name)) {
        throw new IllegalArgumentException("the object has no " + what + " `" + name + "`");
      }
    }
  }
}
