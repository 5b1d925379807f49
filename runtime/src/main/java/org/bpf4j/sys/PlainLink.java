package org.bpf4j.sys;

import java.nio.file.Path;
import java.util.Optional;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.handle.Operations;
import org.bpf4j.inventory.ListedLink;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.KernelVersion;
import org.jspecify.annotations.Nullable;

/// An attachment that is no single link of bpf(2): what such links can and it cannot is refused,
/// with the kernel that has links for the hook.
public abstract class PlainLink implements Link {

  private final Hook hook;
  private final @Nullable KernelVersion links;

  /// An attachment.
  ///
  /// @param links the first kernel with links for the hook, or null if none has
  protected PlainLink(Hook hook, @Nullable KernelVersion links) {
    this.hook = hook;
    this.links = links;
  }

  @Override
  public final Optional<Hook> hook() {
    return Optional.of(hook);
  }

  /// What it is attached to.
  protected final Hook place() {
    return hook;
  }

  @Override
  public ListedLink info() {
    throw refused("describing the attachment to " + hook + ", which is no link");
  }

  @Override
  public void update(LoadedProgram next) {
    throw refused(
        "another program in the place of the one at "
            + hook
            + ": attach it, then close this link; for a moment both run");
  }

  @Override
  public void update(Operations next) {
    throw refused(
        "another struct in the place of the one at " + hook + ": close this link, then attach it");
  }

  @Override
  public boolean replace(LoadedProgram expected, LoadedProgram next) {
    throw refused("another program at " + hook + " only if a certain one is there");
  }

  @Override
  public boolean replace(int expected, LoadedProgram next) {
    throw refused("another program at " + hook + " only if a certain one is there");
  }

  /// It is nobody else's.
  @Override
  public void detach() {
    close();
  }

  @Override
  public void pin(Path path) {
    throw refused("pinning of " + hook);
  }

  @Override
  public void unpin() {}

  @Override
  public boolean isPinned() {
    return false;
  }

  @Override
  public Link release() {
    return this;
  }

  /// The exception for what links can.
  protected final UnsupportedFeatureException refused(String feature) {
    return new UnsupportedFeatureException(feature, links);
  }

  @Override
  public String toString() {
    return "attachment to " + hook;
  }
}
