package org.bpf4j.sim;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpf4j.btf.BtfType;
import org.bpf4j.lang.Name;
import org.bpf4j.lang.host.Storage;

/// The global variables of a program's class: static fields in Java, bytes of data sections for
/// everybody else.
///
/// The bytes are what counts between runs; a run begins by loading the fields from them and ends by
/// storing the fields back, constants excepted.
final class JavaStatics {

  private record Variable(Field field, JavaCodec codec, MemorySegment memory) {

    private void load() {
      if (codec.isContainer()) {
        codec.load(memory, JavaReflection.require(field, null));
      } else if (!Modifier.isFinal(field.getModifiers())) {
        JavaReflection.set(field, null, codec.read(memory));
      }
    }

    private void store() {
      Object value = JavaReflection.get(field, null);
      if (value != null && !memory.isReadOnly()) {
        codec.write(memory, value);
      }
    }
  }

  private final List<Variable> variables = new ArrayList<>();
  private final Map<String, MemorySegment> lost = new HashMap<>();

  /// Finds the variables of a class in an object's data sections.
  JavaStatics(Class<?> owner, SimulatedObject object, JavaTypes types) {
    for (BtfType type : types.btf().types()) {
      if (type instanceof BtfType.DataSection section
          && object.object().data(section.name()).isPresent()) {
        MemorySegment memory = object.data(section.name()).segment();
        for (BtfType.SectionVar place : section.vars()) {
          MemorySegment at = memory.asSlice(place.offset(), place.size());
          if (types.btf().type(place.var()) instanceof BtfType.Var variable) {
            add(owner, variable, at, types);
          }
        }
      }
    }
  }

  private void add(Class<?> owner, BtfType.Var variable, MemorySegment memory, JavaTypes types) {
    Optional<Field> field = field(owner, variable.name());
    if (field.isPresent()) {
      JavaCodec codec = types.codec(field.get().getType(), field.get(), variable.type());
      variables.add(new Variable(field.get(), codec, memory));
    } else {
      lost.put(variable.name(), memory);
    }
  }

  private static Optional<Field> field(Class<?> owner, String name) {
    return Stream.of(owner.getDeclaredFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()))
        .filter(field -> name(field).equals(name))
        .findFirst();
  }

  private static String name(Field field) {
    Name name = field.getAnnotation(Name.class);
    return name == null ? field.getName() : name.value();
  }

  /// Lets the fields hold what the sections say.
  void load() {
    variables.forEach(Variable::load);
  }

  /// Lets the sections say what the fields hold.
  ///
  /// @return whether every number fitted its storage
  boolean store() {
    boolean fits = true;
    for (Variable variable : variables) {
      try {
        variable.store();
      } catch (ArithmeticException _) {
        fits = false;
      }
    }
    return fits;
  }

  /// Counts a record that found no room in a ring: in the variable `<ring>_lost`, if there is one.
  void lost(String ring) {
    MemorySegment counter = lost.get(ring + "_lost");
    if (counter != null) {
      Storage.U64.write(counter, 0, Storage.U64.read(counter, 0) + 1, Long.SIZE);
    }
  }
}
