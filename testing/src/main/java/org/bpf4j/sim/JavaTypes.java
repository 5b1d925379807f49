package org.bpf4j.sim;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfNames;
import org.bpf4j.btf.BtfType;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.lang.ArenaStruct;
import org.bpf4j.lang.BpfList;
import org.bpf4j.lang.BpfListNode;
import org.bpf4j.lang.BpfRefcount;
import org.bpf4j.lang.BpfResilientSpinLock;
import org.bpf4j.lang.BpfSpinLock;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.BpfTimer;
import org.bpf4j.lang.BpfTree;
import org.bpf4j.lang.BpfTreeNode;
import org.bpf4j.lang.BpfWorkqueue;
import org.bpf4j.lang.KernelPointer;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.host.Scalar;
import org.bpf4j.lang.host.Slot;
import org.bpf4j.object.CName;
import org.bpf4j.object.ObjectFunction;
import org.bpf4j.object.WorkQueue;

/// Finds the codec of a Java type: the one place where class and BTF are laid side by side.
///
/// @param btf the object's types
/// @param foreign where structs of the kernel lie
/// @param arena where structs of an arena lie
/// @param collections what lists and trees keep
record JavaTypes(Btf btf, ForeignMemory foreign, JavaArena arena, JavaCollections collections) {

  /// The codec of a value.
  ///
  /// @param type its Java type
  /// @param member the field, component or method that declares it, with its storage annotations
  /// @param id its BTF type, or 0 if a number's Java type says it all
  /// @throws UnsupportedFeatureException if the JVM cannot hold such a value
  JavaCodec codec(Class<?> type, AnnotatedElement member, int id) {
    if (Scalar.is(type)) {
      Scalar scalar = Scalar.of(member, type);
      return new JavaCodec.Immutable(new Slot.Single(0, scalar), scalar.storage().bytes());
    } else if (type == AtomicLong.class) {
      return new JavaCodec.LongCell();
    } else if (type == AtomicInteger.class) {
      return new JavaCodec.IntCell();
    } else if (type == BpfSpinLock.class) {
      return new JavaCodec.KernelOwned(Integer.BYTES, BpfSpinLock::new);
    } else if (type == BpfResilientSpinLock.class) {
      return new JavaCodec.KernelOwned(Integer.BYTES, BpfResilientSpinLock::new);
    } else if (type == KernelPointer.class) {
      return new JavaCodec.Collection(Long.BYTES, collections, KernelPointer::new);
    } else if (type == BpfTimer.class) {
      return new JavaCodec.KernelOwned(2 * Long.BYTES, BpfTimer::new);
    } else if (type == BpfWorkqueue.class) {
      return new JavaCodec.KernelOwned(WorkQueue.BYTES, BpfWorkqueue::new);
    } else if (type == BpfListNode.class) {
      return new JavaCodec.KernelOwned(ObjectFunction.LIST_NODE_BYTES, BpfListNode::new);
    } else if (type == BpfTreeNode.class) {
      return new JavaCodec.KernelOwned(ObjectFunction.TREE_NODE_BYTES, BpfTreeNode::new);
    } else if (type == BpfRefcount.class) {
      return new JavaCodec.KernelOwned(ObjectFunction.REFCOUNT_BYTES, BpfRefcount::new);
    } else if (type == BpfList.class) {
      return new JavaCodec.Collection(ObjectFunction.ROOT_BYTES, collections, BpfList::new);
    } else if (type == BpfTree.class) {
      return new JavaCodec.Collection(ObjectFunction.ROOT_BYTES, collections, BpfTree::new);
    } else if (type == BpfString.class) {
      return new JavaCodec.Text(size(id));
    } else if (type.isRecord()) {
      return new JavaCodec.Immutable(tuple(type, id, 0), size(id));
    } else if (type == byte[].class
        && btf.find(btf.resolve(id)).orElse(null)
            instanceof BtfType.Union(_, _, List<BtfType.Member> members)) {
      return codec(type, member, members.getFirst().type());
    } else if (type.isArray()
        && btf.find(btf.resolve(id)).orElse(null) instanceof BtfType.Array a) {
      Class<?> element = type.componentType();
      return new JavaCodec.Elements(element, codec(element, element, a.element()), a.count());
    } else if (type.isAnnotationPresent(KernelStruct.class)) {
      return new JavaCodec.Pointer(type, new JavaViews(this, foreign));
    } else if (type.isAnnotationPresent(ArenaStruct.class)) {
      return new JavaCodec.Reference(type, this);
    } else if (!type.isInterface() && !type.isArray()) {
      return struct(type, id);
    }
    throw new UnsupportedFeatureException(
        "values of type " + type.getName() + " in programs that run as Java", null);
  }

  /// The codec of a struct or record that no map or variable leads to, found by its name.
  JavaCodec named(Class<?> type) {
    return codec(type, type, id(type));
  }

  /// The codec of the objects of an arena's struct, not of references to them.
  JavaCodec.Struct ofArena(Class<?> type) {
    return arena.codec(type, () -> struct(type, id(type)));
  }

  private int id(Class<?> type) {
    return names(type)
        .flatMap(name -> structs(name).stream())
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("the object has no struct for " + type.getName()));
  }

  /// The struct of that name without flavour (`___` and what follows), or nothing.
  Optional<Integer> kernelStruct(String name) {
    return IntStream.rangeClosed(1, btf.count())
        .filter(id -> isKernelStruct(id, name))
        .boxed()
        .findFirst();
  }

  /// A member's type and its offset from the start of the whole.
  record Place(int type, long offset) {}

  /// A member by its path, dots leading into embedded structs and brackets to elements, or nothing.
  Optional<Place> member(int struct, String path) {
    Optional<Place> place = Optional.of(new Place(struct, 0));
    for (String component : path.split("\\.")) {
      String[] parts = component.split("\\[", -1);
      place = place.flatMap(outer -> named(outer, parts[0]));
      for (int i = 1; i < parts.length; i++) {
        int index = Integer.parseInt(parts[i].substring(0, parts[i].length() - 1));
        place = place.flatMap(array -> element(array, index));
      }
    }
    return place;
  }

  /// The same, be it that another description of the struct has the member: one whose name differs
  /// in its flavour.
  Optional<Place> described(int struct, String path) {
    return member(struct, path)
        .or(
            () ->
                IntStream.rangeClosed(1, btf.count())
                    .filter(other -> isKernelStruct(other, essential(btf.type(struct))))
                    .mapToObj(other -> member(other, path))
                    .flatMap(Optional::stream)
                    .findFirst());
  }

  private boolean isKernelStruct(int id, String name) {
    return !name.isEmpty() && essential(btf.type(id)).equals(name);
  }

  /// The name of a struct without flavour, or nothing of another type.
  private static String essential(BtfType type) {
    return type instanceof BtfType.Struct struct ? BtfNames.essential(struct.name()) : "";
  }

  private Optional<Place> named(Place outer, String name) {
    return members(outer.type()).stream()
        .filter(member -> member.name().equals(name))
        .map(member -> new Place(member.type(), outer.offset() + member.bitOffset() / Byte.SIZE))
        .findFirst();
  }

  private Optional<Place> element(Place array, int index) {
    return btf.find(btf.resolve(array.type())).orElse(null) instanceof BtfType.Array type
        ? Optional.of(
            new Place(type.element(), array.offset() + (long) index * size(type.element())))
        : Optional.empty();
  }

  /// The size of a type in bytes.
  int size(int id) {
    return Math.toIntExact(
        btf.sizeOf(id)
            .orElseThrow(() -> new IllegalArgumentException("BTF type " + id + " has no size")));
  }

  private List<BtfType.Member> members(int id) {
    return btf.find(btf.resolve(id)).orElse(null) instanceof BtfType.Struct struct
        ? struct.members()
        : List.of();
  }

  private JavaCodec.Struct struct(Class<?> type, int id) {
    List<JavaCodec.Member> members = new ArrayList<>();
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        Place place = place(type, id, CName.of(field.getName()));
        JavaCodec codec = codec(field.getType(), field, place.type());
        members.add(new JavaCodec.Member(field, place.offset(), codec));
      }
    }
    return new JavaCodec.Struct(type, size(id), members);
  }

  private Slot tuple(Class<?> type, int id, long base) {
    List<Slot> slots = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Place place = place(type, id, CName.of(component.getName()));
      long offset = base + place.offset();
      slots.add(
          component.getType().isRecord()
              ? tuple(component.getType(), place.type(), offset)
              : new Slot.Single(offset, Scalar.of(component, component.getType())));
    }
    return new Slot.Tuple(type, slots);
  }

  private Place place(Class<?> type, int id, String name) {
    return member(id, name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the object's struct for " + type.getName() + " has no field `" + name + "`"));
  }

  private List<Integer> structs(String name) {
    return IntStream.rangeClosed(1, btf.count())
        .filter(id -> btf.type(id) instanceof BtfType.Struct struct && struct.name().equals(name))
        .boxed()
        .toList();
  }

  /// The names that a class may have in BTF: as nested classes are called in C, or alone.
  private static Stream<String> names(Class<?> type) {
    String binary = type.getName();
    String bare =
        binary.substring(type.getPackageName().isEmpty() ? 0 : type.getPackageName().length() + 1);
    return Stream.of(binary, bare, type.getSimpleName())
        .map(name -> name.replaceAll("[^A-Za-z0-9_]", "_"));
  }
}
