package org.bpf4j.handle;

import java.util.Optional;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.host.Scalar;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramResult;

/// The numbers that programs return, as the constants of their kind's enum.
public final class Verdicts {

  private Verdicts() {}

  /// The enum of a kind's verdicts; nothing if it returns numbers.
  public static Optional<Class<? extends Enum<?>>> type(ProgramKind kind) {
    return kind.result() instanceof ProgramResult.Action action
        ? Optional.of(named(XdpAction.class.getPackageName() + "." + action.type()))
        : Optional.empty();
  }

  @SuppressWarnings("unchecked") // a class that is checked to be an enum
  private static Class<? extends Enum<?>> named(String name) {
    try {
      return (Class<? extends Enum<?>>) Class.forName(name).asSubclass(Enum.class);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  /// The verdict that a number stands for; nothing if the number is none.
  public static Optional<Enum<?>> verdict(ProgramKind kind, int code) {
    return type(kind).flatMap(type -> find(type, code));
  }

  /// The constant of an enum that a number stands for.
  static <E extends Enum<?>> Optional<E> find(Class<E> type, int code) {
    for (E constant : type.getEnumConstants()) {
      if (Scalar.toNumber(constant) == code) {
        return Optional.of(constant);
      }
    }
    return Optional.empty();
  }
}
