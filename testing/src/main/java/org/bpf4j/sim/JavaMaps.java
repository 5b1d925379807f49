package org.bpf4j.sim;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.lang.BpfArena;
import org.bpf4j.lang.BpfArrayOfMaps;
import org.bpf4j.lang.BpfBloomFilter;
import org.bpf4j.lang.BpfCgroupLocalStorage;
import org.bpf4j.lang.BpfCgroupStorage;
import org.bpf4j.lang.BpfComponent;
import org.bpf4j.lang.BpfHashOfMaps;
import org.bpf4j.lang.BpfInodeStorage;
import org.bpf4j.lang.BpfKeyedMap;
import org.bpf4j.lang.BpfMap;
import org.bpf4j.lang.BpfPerCpuCgroupLocalStorage;
import org.bpf4j.lang.BpfQueue;
import org.bpf4j.lang.BpfSkStorage;
import org.bpf4j.lang.BpfStack;
import org.bpf4j.lang.BpfTaskStorage;
import org.bpf4j.lang.CgroupArray;
import org.bpf4j.lang.PerCpu;
import org.bpf4j.lang.PerfEventArray;
import org.bpf4j.lang.ProgramArray;
import org.bpf4j.lang.RedirectMap;
import org.bpf4j.lang.ReuseportSockArray;
import org.bpf4j.lang.RingBuffer;
import org.bpf4j.lang.SockHash;
import org.bpf4j.lang.SocketMap;
import org.bpf4j.lang.StackTraceMap;
import org.bpf4j.lang.UserRing;
import org.bpf4j.object.CName;
import org.jspecify.annotations.Nullable;

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

  /// A map of another sort.
  ///
  /// @param value the codec of its values, unless it has none
  record Other(SimulatedMap map, @Nullable JavaCodec value) {

    /// A value as bytes.
    ///
    /// @throws ArithmeticException if a number does not fit its storage
    byte[] valueBytes(Object from) {
      return Keyed.encoded(codec(), from, codec().bytes());
    }

    /// The codec of the values of a map that has some.
    JavaCodec codec() {
      return Objects.requireNonNull(value, "a codec of values");
    }
  }

  /// A map of sockets.
  record Sockets(ObjectMap map, JavaCodec key) {

    /// A key as bytes.
    ///
    /// @throws ArithmeticException if a number does not fit its storage
    byte[] keyBytes(Object from) {
      return Keyed.encoded(key, from, map.definition().keySize());
    }
  }

  /// A map of maps.
  private record Outer(ObjectMap map, JavaCodec key, ParameterizedType inner) {}

  /// The map classes without a common type.
  private static final Set<Class<?>> OTHERS =
      Set.of(
          BpfArena.class,
          PerCpu.class,
          RingBuffer.class,
          UserRing.class,
          ProgramArray.class,
          BpfQueue.class,
          BpfStack.class,
          BpfBloomFilter.class,
          PerfEventArray.class,
          StackTraceMap.class,
          CgroupArray.class,
          ReuseportSockArray.class,
          BpfTaskStorage.class,
          BpfSkStorage.class,
          BpfInodeStorage.class,
          BpfCgroupStorage.class,
          BpfCgroupLocalStorage.class,
          BpfPerCpuCgroupLocalStorage.class,
          BpfArrayOfMaps.class,
          BpfHashOfMaps.class);

  private final IdentityHashMap<Object, Other> others = new IdentityHashMap<>();
  private final IdentityHashMap<Object, Sockets> sockets = new IdentityHashMap<>();
  private final IdentityHashMap<Object, Outer> outers = new IdentityHashMap<>();
  private final IdentityHashMap<SimulatedMap, Object> inners = new IdentityHashMap<>();
  private final JavaTypes types;
  private final IdentityHashMap<Object, Keyed> keyed = new IdentityHashMap<>();
  private final IdentityHashMap<Object, Ring> rings = new IdentityHashMap<>();

  /// Finds the maps of a class in an object.
  JavaMaps(Class<?> owner, SimulatedObject object, JavaTypes types) {
    this.types = types;
    for (Field field : owner.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && isMap(field.getType())) {
        add(field, JavaReflection.objectName(field), null, object);
      } else if (field.getType().isAnnotationPresent(BpfComponent.class)) {
        component(field, JavaReflection.require(field, null), object);
      }
    }
  }

  /// The maps of a component.
  private void component(Field holder, Object component, SimulatedObject object) {
    for (Field field : component.getClass().getDeclaredFields()) {
      if (isMap(field.getType())) {
        add(field, CName.of(holder.getName() + "_" + field.getName()), component, object);
      }
    }
  }

  private static boolean isMap(Class<?> type) {
    return BpfMap.class.isAssignableFrom(type)
        || RedirectMap.class.isAssignableFrom(type)
        || SocketMap.class.isAssignableFrom(type)
        || OTHERS.contains(type);
  }

  private void add(Field field, String name, @Nullable Object holder, SimulatedObject object) {
    if (object.object().map(name).isEmpty()) {
      return; // no program of the object uses it
    }
    Object identity = JavaReflection.require(field, holder);
    switch (object.mapAt(object.mapAddress(name))) {
      case RingMap ring ->
          rings.put(identity, new Ring(name, ring, types.named(argument(field, 0))));
      case KeyedMap map when identity instanceof RedirectMap ->
          others.put(identity, new Other(map, null));
      case KeyedMap map -> keyed.put(identity, keyed(map, field.getType(), field.getGenericType()));
      case ObjectMap map when map.definition().kind().holdsMaps() ->
          outers.put(identity, outer(map, field));
      case ObjectMap map when identity instanceof SocketMap ->
          sockets.put(identity, sockets(map, field));
      case ObjectMap map -> others.put(identity, new Other(map, null));
      case QueueMap map -> others.put(identity, new Other(map, valueOf(map, field)));
      case FilterMap map -> others.put(identity, new Other(map, valueOf(map, field)));
      case EventMap map -> others.put(identity, new Other(map, types.named(argument(field, 0))));
      case ArenaMap map -> others.put(identity, new Other(map, null));
      case UserRingMap map -> others.put(identity, new Other(map, types.named(argument(field, 0))));
      case null -> throw new IllegalStateException("map `" + name + "` has no address");
    }
  }

  private JavaCodec valueOf(SimulatedMap map, Field field) {
    Class<?> value = argument(field, 0);
    return types.codec(value, value, map.definition().valueType());
  }

  /// The codecs of a keyed map or an array, by its declared type.
  private Keyed keyed(KeyedMap map, Class<?> declared, Type type) {
    boolean hasKey = BpfKeyedMap.class.isAssignableFrom(declared);
    Class<?> key = hasKey ? argument(type, 0) : Integer.class;
    Class<?> value = argument(type, hasKey ? 1 : 0);
    return new Keyed(
        map,
        types.codec(key, key, map.definition().keyType()),
        types.codec(value, value, map.definition().valueType()));
  }

  private Sockets sockets(ObjectMap map, Field field) {
    Class<?> key = field.getType() == SockHash.class ? argument(field, 0) : Integer.class;
    return new Sockets(map, types.codec(key, key, map.definition().keyType()));
  }

  private Outer outer(ObjectMap map, Field field) {
    boolean hasKey = field.getType() == BpfHashOfMaps.class;
    Class<?> key = hasKey ? argument(field, 0) : Integer.class;
    if (field.getGenericType() instanceof ParameterizedType type
        && type.getActualTypeArguments()[hasKey ? 1 : 0] instanceof ParameterizedType inner) {
      return new Outer(map, types.codec(key, key, map.definition().keyType()), inner);
    }
    throw new UnsupportedFeatureException(
        "map `" + field.getName() + "` in programs that run as Java", null);
  }

  /// The inner map of a key, or null: what stands for it in Java is made when it is first seen.
  @Nullable Object inner(Object identity, Object key) {
    Outer outer = find(outers, identity);
    byte[] bytes = Keyed.encoded(outer.key(), key, outer.map().definition().keySize());
    if (!(outer.map().at(bytes) instanceof KeyedMap map)) {
      return null;
    }
    return inners.computeIfAbsent(
        map,
        _ -> {
          Class<?> declared = (Class<?>) outer.inner().getRawType();
          Object face = JavaReflection.factory(declared, map.definition().maxEntries());
          keyed.put(face, keyed(map, declared, outer.inner()));
          return face;
        });
  }

  private static Class<?> argument(Field field, int index) {
    return argument(field.getGenericType(), index);
  }

  private static Class<?> argument(Type type, int index) {
    if (type instanceof ParameterizedType parameterized
        && parameterized.getActualTypeArguments()[index] instanceof Class<?> argument) {
      return argument;
    }
    throw new UnsupportedFeatureException(
        "a map of type " + type + " in programs that run as Java", null);
  }

  /// The map behind a field's value.
  Keyed keyed(Object identity) {
    return find(keyed, identity);
  }

  /// The map of another sort behind a field's value.
  Other other(Object identity) {
    return find(others, identity);
  }

  /// The map of sockets behind a field's value.
  Sockets sockets(Object identity) {
    return find(sockets, identity);
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
