package org.bpf4j.handle;

import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.ObjectBtf;
import org.bpf4j.object.ProbeSpecs;

/// A program for a static probe of processes.
public final class UsdtProgram extends ProcessProgram<ProbePlace> {

  private final LoadedObject object;

  UsdtProgram(LoadedObject object, String name, Links links, ProbePlace place) {
    super(object, name, links, place);
    this.object = object;
  }

  @Override
  Hook hook(ProbePlace at, long process) {
    return hook(object, name(), at, process);
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
