package org.bpf4j.examples.tracing;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Functions of the C library, called to make probes see something.
public final class CLibrary {

  private static final MethodHandle TO_UPPER = function("toupper");
  private static final MethodHandle TO_LOWER = function("tolower");

  private CLibrary() {}

  private static MethodHandle function(String name) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  }

  /// `toupper(3)`.
  public static int toUpper(int character) {
    return call(TO_UPPER, character);
  }

  /// `tolower(3)`.
  public static int toLower(int character) {
    return call(TO_LOWER, character);
  }

  private static int call(MethodHandle function, int character) {
    try {
      return (int) function.invokeExact(character);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
