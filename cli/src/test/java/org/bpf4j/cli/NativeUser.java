package org.bpf4j.cli;

import java.util.List;
import java.util.Optional;
import org.bpf4j.btf.Btf;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.kernel.Kernel;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;

/// A user's program that asks the kernel for something.
public final class NativeUser {

  private NativeUser() {}

  /// Prints what the kernel answered, and by which module it was asked.
  public static void main(String[] args) {
    BpfObject object =
        new BpfObject(
            "GPL",
            List.of(),
            List.of(new MapDefinition("map", MapKind.ARRAY, 4, 4, 1, 0, 0, 0)),
            List.of(),
            Btf.EMPTY,
            Optional.empty(),
            List.of());
    String module = Kernel.class.getModule().isNamed() ? "a module" : "the class path";
    try {
      Kernel.local().load(LoadRequest.of(object, NativeUser.class)).close();
      IO.println("loaded from " + module);
    } catch (BpfException e) {
      IO.println("refused from " + module + ": " + e.getMessage());
    }
  }
}
