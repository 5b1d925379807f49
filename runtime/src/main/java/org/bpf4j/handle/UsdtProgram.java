package org.bpf4j.handle;

import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.ObjectBtf;
import org.bpf4j.object.ProbeSpecs;

/// A program for a static probe of processes.
public final class UsdtProgram extends ProgramHandle implements TargetedProgram {

  private final LoadedObject object;
  private final ProbePlace place;

  UsdtProgram(LoadedObject object, String name, Links links, ProbePlace place) {
    super(object, name, links);
    this.object = object;
    this.place = place;
  }

  /// Attaches to the declared probe, in every process that passes it.
  ///
  /// @throws org.bpf4j.kernel.NoSuchTargetException if there is no such file or probe
  /// @throws org.bpf4j.kernel.IncompatibleTargetException if the probe has fewer arguments than the
  ///   program has parameters
  @Override
  public Link attach() {
    return attach(place, -1);
  }

  /// Attaches to the declared probe in one process.
  public Link attach(long process) {
    return attach(place, process);
  }

  /// Attaches to another probe, whose arguments must be alike.
  ///
  /// @param process the process, or −1 for all
  public Link attach(ProbePlace place, long process) {
    return attachTo(hook(object, name(), place, process));
  }

  /// The hook for a program of an object.
  ///
  /// @param process the process, or −1 for all
  public static Hook.Usdt hook(
      LoadedObject object, String program, ProbePlace place, long process) {
    int parameters =
        ObjectBtf.prototype(object.object().btf(), program)
            .map(prototype -> prototype.parameters().size())
            .orElse(-1);
    boolean reads =
        object.object().maps().stream().map(MapDefinition::name).anyMatch(ProbeSpecs.MAP::equals);
    return new Hook.Usdt(place, process, parameters, reads ? object.map(ProbeSpecs.MAP) : null);
  }
}
