package org.bpf4j.sim;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.IdentityHashMap;
import java.util.Set;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.lang.BpfKeyedMap;
import org.bpf4j.lang.BpfMap;
import org.bpf4j.lang.Name;
import org.bpf4j.lang.PerCpu;
import org.bpf4j.lang.ProgramArray;
import org.bpf4j.lang.RingBuffer;

/// The maps of a program's class: which map of the object each of its fields stands for, and how
/// its keys and values lie in memory.
///
/// A map in Java is no more than its identity, so types come from the fields' declarations.
final class JavaMaps {

  /// A map from keys to values.
  record Keyed(KeyedMap map, JavaCodec key, JavaCodec value) {

    /// A key as bytes.
    ///
    /// @throws ArithmeticException if a number does not fit its storage
    byte[] keyBytes(Object from) {
      return encoded(key, from, map.definition().keySize());
    }

    /// A value as bytes.
    ///
    /// @throws ArithmeticException if a number does not fit its storage
    byte[] valueBytes(Object from) {
      return encoded(value, from, map.definition().valueSize());
    }

    private static byte[] encoded(JavaCodec codec, Object from, int size) {
      byte[] bytes = new byte[size];
      codec.write(MemorySegment.ofArray(bytes), from);
      return bytes;
    }
  }

  /// A ring buffer.
  record Ring(String name, RingMap map, JavaCodec event) {}

  /// The map classes without a common type.
  private static final Set<Class<?>> OTHERS =
      Set.of(PerCpu.class, RingBuffer.class, ProgramArray.class);

  private final IdentityHashMap<Object, ObjectMap> objects = new IdentityHashMap<>();
  private final IdentityHashMap<Object, Keyed> keyed = new IdentityHashMap<>();
  private final IdentityHashMap<Object, Ring> rings = new IdentityHashMap<>();

  /// Finds the maps of a class in an object.
  JavaMaps(Class<?> owner, SimulatedObject object, JavaTypes types) {
    for (Field field : owner.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && isMap(field.getType())) {
        add(field, object, types);
      }
    }
  }

  private static boolean isMap(Class<?> type) {
    return BpfMap.class.isAssignableFrom(type) || OTHERS.contains(type);
  }

  private void add(Field field, SimulatedObject object, JavaTypes types) {
    String name = name(field);
    if (object.object().map(name).isEmpty()) {
      return; // no program of the object uses it
    }
    Object identity = JavaReflection.require(field, null);
    switch (object.mapAt(object.mapAddress(name))) {
      case RingMap ring ->
          rings.put(identity, new Ring(name, ring, types.named(argument(field, 0))));
      case ObjectMap map -> objects.put(identity, map);
      case KeyedMap map -> {
        boolean hasKey = BpfKeyedMap.class.isAssignableFrom(field.getType());
        Class<?> key = hasKey ? argument(field, 0) : Integer.class;
        Class<?> value = argument(field, hasKey ? 1 : 0);
        keyed.put(
            identity,
            new Keyed(
                map,
                types.codec(key, key, map.definition().keyType()),
                types.codec(value, value, map.definition().valueType())));
      }
      case null -> throw new IllegalStateException("map `" + name + "` has no address");
    }
  }

  private static String name(Field field) {
    Name name = field.getAnnotation(Name.class);
    return name == null ? field.getName() : name.value();
  }

  private static Class<?> argument(Field field, int index) {
    Type type = field.getGenericType();
    if (type instanceof ParameterizedType parameterized
        && parameterized.getActualTypeArguments()[index] instanceof Class<?> argument) {
      return argument;
    }
    throw new UnsupportedFeatureException(
        "map `" + field.getName() + "` of type " + type + " in programs that run as Java", null);
  }

  /// The map behind a field's value.
  Keyed keyed(Object identity) {
    return find(keyed, identity);
  }

  /// The map of kernel objects behind a field's value.
  ObjectMap objects(Object identity) {
    return find(objects, identity);
  }

  /// The ring buffer behind a field's value.
  Ring ring(Object identity) {
    return find(rings, identity);
  }

  private static <T> T find(IdentityHashMap<Object, T> among, Object identity) {
    T found = among.get(identity);
    if (found == null) {
      throw new UnsupportedFeatureException(
          "a map of another class (" + identity + ") in programs that run as Java", null);
    }
    return found;
  }
}
