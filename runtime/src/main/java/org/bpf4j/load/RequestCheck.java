package org.bpf4j.load;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
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
    Set<String> maps = distinct("maps", object.maps(), MapDefinition::name);
    check("map", request.maxEntries().keySet(), maps);
    check("map", request.sources().keySet(), maps);
    Set<String> programs = distinct("programs", object.programs(), BpfFunction::name);
    check("program", request.skipped(), programs);
    check("program", request.replaced().keySet(), programs);
    Set<String> sections = distinct("data sections", object.data(), DataSection::name);
    check("data section", request.data().keySet(), sections);
    distinct("structs", OperationTable.of(object), OperationTable::name);
    for (DataSection section : object.data()) {
      byte[] contents = request.data().get(section.name());
      if (contents != null && contents.length != section.size()) {
        throw new IllegalArgumentException(
            "%d bytes for section `%s`, which has %d"
                .formatted(contents.length, section.name(), section.size()));
      }
    }
  }

  /// The names of things, of which no two are the same.
  private static <T> Set<String> distinct(String what, List<T> things, Function<T, String> naming) {
    Set<String> names = new HashSet<>();
    for (T thing : things) {
      String name = naming.apply(thing);
      if (!names.add(name)) {
        throw new MalformedObjectException("two " + what + " are called `" + name + "`");
      }
    }
    return names;
  }

  private static void check(String what, Set<String> named, Set<String> present) {
    for (String name : named) {
      if (!present.contains(name)) {
        throw new IllegalArgumentException("the object has no " + what + " `" + name + "`");
      }
    }
  }
}
