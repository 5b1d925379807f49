package org.bpf4j.kernel;

import java.nio.file.Path;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.LoadedObject;

/// Something that can run BPF objects: Linux, or a simulation of it.
///
/// Generated skeletons know only this interface, so that the same class serves production, unit
/// tests on the bytecode and a debugger on the Java bodies.
public interface Kernel {

  /// Creates the maps, fills the globals and loads the programs of an object.
  ///
  /// Either everything is loaded or nothing remains: a failure frees what had been made.
  ///
  /// @throws BpfException if this kernel refuses
  LoadedObject load(LoadRequest request);

  /// Opens a link that is pinned, whoever made it.
  ///
  /// @param pin its path in a BPF file system
  /// @return the link, which its [owner][Link#release] closes
  /// @throws NoSuchTargetException if nothing, or no link, is pinned there
  Link openLink(Path pin);

  /// Opens a link by its number, whoever made it; on Linux it takes `CAP_SYS_ADMIN`.
  ///
  /// @throws NoSuchTargetException if there is no link of that number
  Link openLink(int id);

  /// Opens the maps, globals and programs of an object that somebody else loaded; closing it leaves
  /// them there.
  ///
  /// What is not to be found is missing: using it is a [NoSuchTargetException] that says where it
  /// was looked for.
  ///
  /// @throws NoSuchTargetException if nothing of the object is there
  /// @throws IncompatibleMapException if a map is not as the object declares it, apart from its
  ///   size
  /// @throws UnsupportedFeatureException if this kernel is a simulation, which has no pins
  default LoadedObject bind(BindRequest request) {
    throw new UnsupportedFeatureException("binding to what others loaded: it has no pins", null);
  }

  /// The kernel of this machine, reached through bpf(2).
  static Kernel local() {
    return org.bpf4j.load.LocalKernel.INSTANCE;
  }

  /// The kernel of this machine, whose structs are where a file says: for kernels that do not
  /// describe themselves, in `/sys/kernel/btf/vmlinux`, or not as they should.
  ///
  /// The file holds BTF as that one does, of the same build of the kernel; it may be reduced to
  /// what an object needs (`bpftool gen min_core_btf`). It is read at once, and only reads of
  /// kernel structs heed it: functions, tracepoints and variables that programs are bound to are
  /// named to the kernel by its own numbers, which no file has.
  ///
  /// @param types the file
  /// @throws java.io.UncheckedIOException if it cannot be read
  /// @throws org.bpf4j.isa.MalformedObjectException if it is no BTF
  static Kernel local(Path types) {
    return org.bpf4j.load.LocalKernel.described(types);
  }
}
