package org.bpf4j.handle;

import java.util.Arrays;

/// What a test run hands to a program.
///
/// @param data the packet, empty for kinds without one
/// @param context the context struct, empty for the kernel's default
/// @param repeat how often to run, at least 1
public record TestInput(byte[] data, byte[] context, int repeat) {

  /// Copies the arrays.
  public TestInput {
    data = data.clone();
    context = context.clone();
    if (repeat < 1) {
      throw new IllegalArgumentException("repeat is " + repeat + ", must be at least 1");
    }
  }

  /// A single run over a packet.
  public static TestInput packet(byte[] data) {
    return new TestInput(data, new byte[0], 1);
  }

  /// A single run with a context.
  public static TestInput context(byte[] context) {
    return new TestInput(new byte[0], context, 1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TestInput input
        && repeat == input.repeat
        && Arrays.equals(data, input.data)
        && Arrays.equals(context, input.context);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(data) * 31 + Arrays.hashCode(context);
  }
}
