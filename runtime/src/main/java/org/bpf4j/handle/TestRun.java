package org.bpf4j.handle;

import java.time.Duration;
import java.util.Arrays;

/// What a test run gave back.
///
/// @param returnValue the program's result, 32 bits
/// @param data the packet as the program left it
/// @param context the context struct as the program left it, empty if the kind returns none
/// @param duration the time of one run, on average
public record TestRun(int returnValue, byte[] data, byte[] context, Duration duration) {

  /// Copies the arrays.
  public TestRun {
    data = data.clone();
    context = context.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TestRun run
        && returnValue == run.returnValue
        && Arrays.equals(data, run.data)
        && Arrays.equals(context, run.context)
        && duration.equals(run.duration);
  }

  @Override
  public int hashCode() {
    return returnValue * 31 + Arrays.hashCode(data);
  }
}
