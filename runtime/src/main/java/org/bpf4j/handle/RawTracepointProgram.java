package org.bpf4j.handle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A program for the raw arguments of a static tracepoint.
public final class RawTracepointProgram extends ProgramHandle implements TargetedProgram {

  private final Hook.RawTracepoint target;

  RawTracepointProgram(LoadedObject object, String name, Links links, Hook.RawTracepoint target) {
    super(object, name, links);
    this.target = target;
  }

  @Override
  public Link attach() {
    return attachTo(target);
  }

  /// Attaches to another tracepoint.
  public Link attach(String name) {
    return attachTo(new Hook.RawTracepoint(name));
  }

  /// Runs it once with these arguments, without any tracepoint.
  ///
  /// @return the program's result
  public int run(long... arguments) {
    byte[] context = MemorySegment.ofArray(arguments).toArray(ValueLayout.JAVA_BYTE);
    return loaded().run(TestInput.context(context)).returnValue();
  }
}
