package org.bpf4j.handle;

import java.nio.file.Path;

/// An attachment; closing it detaches the program.
///
/// The skeleton that made it closes it too, unless it was pinned or released.
public interface Link extends AutoCloseable {

  /// What it is attached to.
  Hook hook();

  /// Whether the kernel detaches by itself when this process dies.
  boolean diesWithProcess();

  /// Makes the attachment outlive this process, under a path in a BPF file system.
  void pin(Path path);

  /// Gives the attachment away: nobody closes it any more but this object's owner.
  Link release();

  @Override
  void close();
}
