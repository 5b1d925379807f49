package org.bpf4j.sim;

import java.util.Arrays;
import java.util.Set;
import org.bpf4j.lang.DeadlockException;

/// Which exceptions of a Java body are aborts of the program that it stands for: those that Java
/// throws where the compiled program checks, and those that the program's own code makes.
///
/// All others are failures of the simulation, or of a body that is not what was compiled.
final class JavaAborts {

  /// Where the JDK's methods that programs may call check their arguments.
  private static final Set<String> LIBRARY = Set.of(Math.class.getName(), Arrays.class.getName());

  private static final String LANGUAGE = "org.bpf4j.lang.";
  private static final String PROTOCOLS = "org.bpf4j.lang.net.";

  private JavaAborts() {}

  static boolean is(Throwable thrown) {
    return switch (thrown) {
      case ArithmeticException _,
          IndexOutOfBoundsException _,
          NegativeArraySizeException _,
          MatchException _,
          DeadlockException _,
          NullPointerException _ ->
          true;
      case IllegalArgumentException e when LIBRARY.contains(origin(e)) -> true;
      case LinkageError _, VirtualMachineError _ -> false;
      case RuntimeException e -> isOfProgram(origin(e));
      case Error e -> isOfProgram(origin(e));
      default -> false;
    };
  }

  /// The class whose code made the exception.
  private static String origin(Throwable thrown) {
    StackTraceElement[] trace = thrown.getStackTrace();
    return trace.length == 0 ? "java." : trace[0].getClassName();
  }

  private static boolean isOfProgram(String type) {
    boolean ofHost =
        type.startsWith(JavaAborts.class.getPackageName() + ".")
            || (type.startsWith(LANGUAGE) && !type.startsWith(PROTOCOLS));
    return !ofHost && !type.startsWith("java.") && !type.startsWith("jdk.");
  }
}
