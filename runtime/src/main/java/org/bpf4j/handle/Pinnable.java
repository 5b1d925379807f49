package org.bpf4j.handle;

import java.nio.file.Path;
import org.bpf4j.kernel.UnsupportedFeatureException;

/// Something in a kernel that outlives its processes under a path of a BPF file system.
public interface Pinnable {

  /// Pins it: it stays in the kernel until the pin is removed and nobody else holds it.
  ///
  /// @param path a name that is not taken, without dots, in a folder that is there
  /// @throws org.bpf4j.kernel.BpfException if that is not in a BPF file system, or is taken
  default void pin(Path path) {
    throw new UnsupportedFeatureException("pins: it is a simulation", null);
  }

  /// Removes a pin of it; no error if it is gone.
  default void unpin(Path path) {
    throw new UnsupportedFeatureException("pins: it is a simulation", null);
  }
}
