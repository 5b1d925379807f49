package org.bpf4j.lang.host;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;

/// A value's place in memory: numbers, and records of numbers.
public sealed interface Slot {

  /// Reads the value.
  ///
  /// @throws MatchException if a number stands for no constant of its enum
  Object read(MemorySegment memory);

  /// Writes the value.
  ///
  /// @throws ArithmeticException if a number does not fit its storage
  void write(MemorySegment memory, Object value);

  /// One number at an offset.
  record Single(long offset, Scalar scalar) implements Slot {
    @Override
    public Object read(MemorySegment memory) {
      return scalar.read(memory, offset);
    }

    @Override
    public void write(MemorySegment memory, Object value) {
      scalar.write(memory, offset, value);
    }
  }

  /// A record: its components by their slots.
  ///
  /// @param type the record
  /// @param components a slot for each component, in order
  record Tuple(Class<?> type, List<Slot> components) implements Slot {
    /// Copies the list.
    public Tuple {
      components = List.copyOf(components);
    }

    @Override
    public Object read(MemorySegment memory) {
      Object[] values = components.stream().map(slot -> slot.read(memory)).toArray();
      try {
        return constructor().newInstance(values);
      } catch (InvocationTargetException e) {
        throw Unwrapped.unchecked(e.getCause());
      } catch (ReflectiveOperationException e) {
        throw new IllegalArgumentException(type.getName() + " cannot be created", e);
      }
    }

    @Override
    public void write(MemorySegment memory, Object value) {
      RecordComponent[] declared = type.getRecordComponents();
      for (int i = 0; i < declared.length; i++) {
        components.get(i).write(memory, component(declared[i].getAccessor(), value));
      }
    }

    private Constructor<?> constructor() throws NoSuchMethodException {
      Class<?>[] types =
          Stream.of(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor;
    }

    private static Object component(Method accessor, Object value) {
      try {
        accessor.setAccessible(true);
        return accessor.invoke(value);
      } catch (InvocationTargetException e) {
        throw Unwrapped.unchecked(e.getCause());
      } catch (IllegalAccessException e) {
        throw new IllegalArgumentException(accessor + " cannot be called", e);
      }
    }
  }
}
