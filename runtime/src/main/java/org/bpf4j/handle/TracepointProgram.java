package org.bpf4j.handle;

/// A program for a static tracepoint.
public final class TracepointProgram extends ProgramHandle implements TargetedProgram {

  private final Hook.Tracepoint target;

  TracepointProgram(LoadedObject object, String name, Links links, Hook.Tracepoint target) {
    super(object, name, links);
    this.target = target;
  }

  @Override
  public Link attach() {
    return attachTo(target);
  }

  /// Attaches to another tracepoint, whose arguments must be laid out alike.
  public Link attach(String category, String name) {
    return attachTo(new Hook.Tracepoint(category, name));
  }
}
