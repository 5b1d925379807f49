package org.bpf4j.handle;

import java.nio.file.Path;
import java.util.Optional;
import org.bpf4j.inventory.ListedLink;

/// An attachment.
///
/// The skeleton that made it closes it too, unless it was released. Closing gives back this
/// process's hold on it: the program is detached, unless the link is pinned or another process
/// holds it. After that every method is an [IllegalStateException], except for those that only tell
/// what it was; closing twice is allowed.
///
/// What a hook cannot do is an [org.bpf4j.kernel.UnsupportedFeatureException], which says what to
/// do instead; `docs/links.md` has a table.
public interface Link extends AutoCloseable {

  /// What it was attached to; empty for a link that was opened, whose [#info] says where it is.
  Optional<Hook> hook();

  /// Whether the kernel detaches by itself when this process dies.
  boolean diesWithProcess();

  /// What the kernel says of it: its number, its program and its place, but not what keeps it.
  ListedLink info();

  /// Puts another program in the place of the present one, whichever that is, in one step: each
  /// event is seen by the one or the other.
  ///
  /// @param next a program of the same kind; the link keeps it, also when its object is closed
  /// @throws IllegalArgumentException if the program is of another kind or kernel
  /// @throws org.bpf4j.kernel.SyscallException with `ENOLINK` if the link is detached, or the thing
  ///   that it was attached to is gone
  void update(LoadedProgram next);

  /// Puts another program in the place of the present one; see [#update(LoadedProgram)].
  default void update(ProgramHandle next) {
    update(next.loaded());
  }

  /// Puts another struct of functions in the place of the present one, in one step.
  ///
  /// @param next a struct of the same type and, where the kernel's type has names, of the same name
  void update(Operations next);

  /// Puts another program in the place of the present one if that is the one expected, in one step.
  ///
  /// @return false if it is another one; nothing is changed then
  boolean replace(LoadedProgram expected, LoadedProgram next);

  /// Puts another program in the place of the present one if that is the one expected; see
  /// [#replace(LoadedProgram, LoadedProgram)].
  default boolean replace(ProgramHandle expected, ProgramHandle next) {
    return replace(expected.loaded(), next.loaded());
  }

  /// Puts another program in the place of the present one if that has the number expected, as
  /// [#info] told it before; on Linux it takes `CAP_SYS_ADMIN` to open a program by its number.
  ///
  /// @return false if it is another one; nothing is changed then
  boolean replace(int expected, LoadedProgram next);

  /// Takes the program away from its hook, whoever else holds the link: for all pins and processes.
  /// The link itself stays until it is closed, and can only be looked at.
  void detach();

  /// Makes the attachment outlive this process, under a path in a BPF file system.
  ///
  /// @param path a name that is not taken, in a folder that is there
  void pin(Path path);

  /// Removes the paths under which this object pinned the link, or by which it was opened; no error
  /// if others did so before. The attachment lasts as long as this object then, unless others hold
  /// it.
  void unpin();

  /// Whether one of the paths that [#unpin] removes is there.
  boolean isPinned();

  /// Gives the attachment away: nobody closes it any more but this object's owner.
  Link release();

  @Override
  void close();
}
