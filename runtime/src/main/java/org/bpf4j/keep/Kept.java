package org.bpf4j.keep;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bpf4j.handle.Place;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.KeptFolder;
import org.bpf4j.sys.ObjectFamily;
import org.bpf4j.sys.OpenedPlace;
import org.bpf4j.sys.PinName;

/// A folder of a BPF file system in which an object lives on between processes: what
/// `configure().keepIn(folder)` fills.
///
/// Each load adds a version, which takes over the maps of the one in force. Attaching a program
/// puts its version in force, and the program in the place of the one of that name at that hook, in
/// one step where the kernel has such. The version before stays in the folder, to go back to.
public final class Kept {

  private final KeptFolder folder;

  private Kept(KeptFolder folder) {
    this.folder = folder;
  }

  /// What is kept in a folder.
  public static Kept in(Path folder) {
    return new Kept(KeptFolder.at(folder));
  }

  /// The version in force, such as `v3`; empty if none is.
  public Optional<String> version() {
    return folder.current().map(path -> path.getFileName().toString());
  }

  /// The version before, to which [#rollBack] goes back; empty if there is none.
  public Optional<String> previous() {
    return folder.previous().map(path -> path.getFileName().toString());
  }

  /// Puts the version before in force again, at every hook; what it does not have is detached.
  /// Doing so twice goes back and forth.
  ///
  /// @throws NoSuchTargetException if there is no version before
  /// @throws UnsupportedFeatureException if something is attached where the kernel cannot put
  ///   another program, as at tracepoints and functions; nothing has changed then, and the way back
  ///   is to load and attach that version anew
  public void rollBack() {
    try (Descriptor _ = folder.lock()) {
      Path previous =
          folder
              .previous()
              .orElseThrow(
                  () -> new NoSuchTargetException("version before in " + folder.path(), List.of()));
      requireUpdates();
      folder.putInForce(previous);
      settle(previous);
    }
  }

  /// Gives every hook the program of the version in force, and detaches what that version does not
  /// have: programs that a new version no longer has, and what a process left that was killed
  /// between two hooks.
  public void settle() {
    try (Descriptor _ = folder.lock()) {
      folder.current().ifPresent(this::settle);
    }
  }

  private void requireUpdates() {
    for (String name : folder.attached()) {
      for (Path pin : folder.links(name)) {
        if (!new KeptLink(pin).takesUpdates()) {
          throw new UnsupportedFeatureException("another program in the place of " + pin, null);
        }
      }
    }
  }

  private void settle(Path version) {
    for (String name : folder.attached()) {
      Optional<Descriptor> found =
          OpenedPlace.find(new Place.Pin(version.resolve(PinName.of(name))), ObjectFamily.PROGRAM);
      if (found.isEmpty()) {
        folder.links(name).forEach(pin -> new KeptLink(pin).remove());
      } else {
        try (Descriptor program = found.get()) {
          folder.links(name).forEach(pin -> give(new KeptLink(pin), program));
        }
      }
    }
  }

  /// A link that takes no other program is left to who attaches the version in force anew.
  private static void give(KeptLink link, Descriptor program) {
    if (link.put(program) == KeptLink.Outcome.GONE) {
      link.remove();
    }
  }

  /// Detaches everything and removes the folder. No error if it is not there.
  public void remove() {
    if (folder.exists()) {
      try (Descriptor _ = folder.lock()) {
        folder.remove();
      }
    }
  }
}
