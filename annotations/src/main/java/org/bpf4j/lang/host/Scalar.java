package org.bpf4j.lang.host;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import org.bpf4j.lang.Value;

/// A member that is one number: a primitive, its box, or an enum by its representation.
///
/// @param type the Java type
/// @param storage how it lies in memory
public record Scalar(Class<?> type, Storage storage) {

  /// A member of that type.
  ///
  /// @param member the field, component or accessor, with its annotations
  public static Scalar of(AnnotatedElement member, Class<?> type) {
    return new Scalar(type, Storage.of(member, type));
  }

  /// Whether values of that type are one number.
  public static boolean is(Class<?> type) {
    return type.isEnum()
        || type == boolean.class
        || type == byte.class
        || type == short.class
        || type == char.class
        || type == int.class
        || type == long.class
        || type == Boolean.class
        || type == Byte.class
        || type == Short.class
        || type == Character.class
        || type == Integer.class
        || type == Long.class;
  }

  /// Reads a value.
  ///
  /// @throws MatchException if the number stands for no constant of the enum
  public Object read(MemorySegment memory, long offset) {
    return toJava(type, storage.read(memory, offset));
  }

  /// Writes a value.
  ///
  /// @throws ArithmeticException if it does not fit the storage
  public void write(MemorySegment memory, long offset, Object value) {
    storage.write(memory, offset, toNumber(value), width(value));
  }

  /// The value of a type that a number stands for; a wider number is narrowed as Java's cast does.
  ///
  /// @throws MatchException if the number stands for no constant of the enum
  public static Object toJava(Class<?> type, long number) {
    if (type == boolean.class || type == Boolean.class) {
      return number != 0;
    } else if (type == byte.class || type == Byte.class) {
      return (byte) number;
    } else if (type == short.class || type == Short.class) {
      return (short) number;
    } else if (type == char.class || type == Character.class) {
      return (char) number;
    } else if (type == int.class || type == Integer.class) {
      return (int) number;
    } else if (type == long.class || type == Long.class) {
      return number;
    }
    for (Object constant : type.getEnumConstants()) {
      if (toNumber(constant) == number) {
        return constant;
      }
    }
    throw new MatchException(number + " is no " + type.getSimpleName(), null);
  }

  /// The number that stands for a value.
  ///
  /// @throws IllegalArgumentException if it is not one number
  public static long toNumber(Object value) {
    return switch (value) {
      case Boolean b -> b ? 1 : 0;
      case Byte b -> b;
      case Short s -> s;
      case Character c -> c;
      case Integer i -> i;
      case Long l -> l;
      case Enum<?> constant -> representation(constant);
      default -> throw new IllegalArgumentException(value + " is not a number");
    };
  }

  @SuppressWarnings("EnumOrdinal") // the ordinal is what stands for a constant without @Value
  private static long representation(Enum<?> constant) {
    try {
      Field field = constant.getDeclaringClass().getField(constant.name());
      Value value = field.getAnnotation(Value.class);
      return value == null ? constant.ordinal() : value.value();
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }

  private static int width(Object value) {
    return switch (value) {
      case Boolean _ -> 1;
      case Byte _ -> Byte.SIZE;
      case Short _ -> Short.SIZE;
      case Character _ -> Character.SIZE;
      case Long _ -> Long.SIZE;
      default -> Integer.SIZE;
    };
  }
}
