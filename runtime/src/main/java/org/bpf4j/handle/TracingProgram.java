package org.bpf4j.handle;

/// A program that was loaded for one kernel function, tracepoint or security hook.
public final class TracingProgram extends ProgramHandle implements TargetedProgram {

  private final Hook.Tracing target;

  TracingProgram(LoadedObject object, String name, Links links, Hook.Tracing target) {
    super(object, name, links);
    this.target = target;
  }

  @Override
  public Link attach() {
    return attachTo(target);
  }
}
