package org.bpf4j.lang.host;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpf4j.lang.At;
import org.bpf4j.lang.Header;

/// Where the accessors of a view find their values.
///
/// @param bytes the size of what the view looks at
/// @param slots the places, by the accessors' names
public record ViewLayout(int bytes, Map<String, Slot> slots) {

  private static final ClassValue<ViewLayout> HEADERS =
      new ClassValue<>() {
        @Override
        protected ViewLayout computeValue(Class<?> type) {
          return header(type);
        }
      };

  /// Copies the map.
  public ViewLayout {
    slots = Map.copyOf(slots);
  }

  /// The layout of a [Header] interface: its accessors side by side in order of declaration, or
  /// where [At] says. A record in it is laid out as in a struct, each component at a multiple of
  /// its size. What an interface inherits lies where it lies there, and its own accessors behind.
  ///
  /// @throws IllegalArgumentException if the interface is no view of a header, or an accessor lies
  ///   outside of it
  public static ViewLayout of(Class<?> view) {
    return HEADERS.get(view);
  }

  private static ViewLayout header(Class<?> view) {
    Header header = view.getAnnotation(Header.class);
    if (header == null || !view.isInterface()) {
      throw new IllegalArgumentException(view.getName() + " is no @Header interface");
    }
    Map<String, Slot> slots = new LinkedHashMap<>();
    long end = 0;
    for (Class<?> inherited : view.getInterfaces()) {
      if (inherited.isAnnotationPresent(Header.class)) {
        slots.putAll(of(inherited).slots());
        end = Math.max(end, of(inherited).bytes());
      }
    }
    for (Method accessor : accessors(view)) {
      long offset = offset(accessor, end);
      Place place = place(accessor, accessor.getReturnType(), offset);
      end = place.end();
      if (offset < 0 || end > header.bytes()) {
        throw new IllegalArgumentException(
            accessor + " ends at byte " + end + " of " + header.bytes());
      }
      slots.put(accessor.getName(), place.slot());
    }
    return new ViewLayout(header.bytes(), slots);
  }

  /// The layout of one field: an accessor's value, from byte 0 on.
  public static ViewLayout ofField(Method accessor) {
    Place place = place(accessor, accessor.getReturnType(), 0);
    return new ViewLayout((int) place.end(), Map.of(accessor.getName(), place.slot()));
  }

  /// The place of a member of that type at an offset.
  private static Place place(AnnotatedElement member, Class<?> type, long offset) {
    if (!type.isRecord()) {
      Scalar scalar = Scalar.of(member, type);
      int bytes = scalar.storage().bytes();
      int align = Integer.bitCount(bytes) == 1 ? bytes : 1;
      return new Place(new Slot.Single(offset, scalar), offset + bytes, align);
    }
    List<Slot> components = new ArrayList<>();
    long end = offset;
    int align = 1;
    for (RecordComponent component : type.getRecordComponents()) {
      int own = place(component, component.getType(), 0).align();
      long start = offset + offset(component, roundUp(end - offset, own));
      Place place = place(component, component.getType(), start);
      components.add(place.slot());
      end = Math.max(end, place.end());
      align = Math.max(align, own);
    }
    return new Place(
        new Slot.Tuple(type, components), offset + roundUp(end - offset, align), align);
  }

  private record Place(Slot slot, long end, int align) {}

  private static long roundUp(long offset, int align) {
    return Math.ceilDiv(offset, align) * align;
  }

  private static long offset(AnnotatedElement member, long end) {
    At at = member.getAnnotation(At.class);
    return at == null ? end : at.value();
  }

  /// The accessors in order of declaration, which only the class file knows.
  private static List<Method> accessors(Class<?> view) {
    List<Method> accessors = new ArrayList<>();
    String file = view.getName().substring(view.getName().lastIndexOf('.') + 1) + ".class";
    try (InputStream in = view.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("the class file of " + view.getName() + " is not there");
      }
      for (MethodModel method : ClassFile.of().parse(in.readAllBytes()).methods()) {
        if (method.flags().has(AccessFlag.ABSTRACT)
            && method.methodTypeSymbol().parameterCount() == 0) {
          accessors.add(view.getDeclaredMethod(method.methodName().stringValue()));
        }
      }
    } catch (IOException | NoSuchMethodException e) {
      throw new IllegalArgumentException(
          "the class file of " + view.getName() + " does not fit the class", e);
    }
    return accessors;
  }
}
