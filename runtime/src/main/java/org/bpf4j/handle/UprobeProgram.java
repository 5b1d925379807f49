package org.bpf4j.handle;

import org.bpf4j.object.ProgramKind;

/// A program for the entry or the return of a function of processes.
public final class UprobeProgram extends ProcessProgram<BinaryPlace> {

  UprobeProgram(LoadedObject object, String name, Links links, BinaryPlace place) {
    super(object, name, links, place);
  }

  @Override
  Hook hook(BinaryPlace at, long process) {
    return new Hook.Uprobe(at, process, loaded().kind() == ProgramKind.URETPROBE);
  }
}
