package org.bpf4j.handle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpf4j.inventory.ListedLink;

/// Attachments that belong together; closing detaches them in reverse order.
///
/// A link that is closed, or released, by itself leaves the group.
public final class Links implements AutoCloseable {

  private final List<Owned> links = new ArrayList<>();

  /// An empty group.
  public Links() {}

  /// Takes ownership of a link.
  ///
  /// @return the link to hand out: closing or releasing it takes it out of this group
  public Link own(Link link) {
    Owned owned = new Owned(link);
    synchronized (links) {
      links.add(owned);
    }
    return owned;
  }

  /// The links, in the order in which they were made.
  public List<Link> list() {
    synchronized (links) {
      return List.copyOf(links);
    }
  }

  /// Detaches all; if some fail, the others are detached all the same, and the first failure is
  /// thrown with the others suppressed in it.
  @Override
  public void close() {
    List<RuntimeException> failures = new ArrayList<>();
    for (Link link : list().reversed()) {
      try {
        link.close();
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      RuntimeException first = failures.getFirst();
      failures.stream().skip(1).forEach(first::addSuppressed);
      throw first;
    }
  }

  private boolean forget(Owned link) {
    synchronized (links) {
      return links.remove(link);
    }
  }

  private final class Owned implements Link {

    private final Link link;

    private Owned(Link link) {
      this.link = link;
    }

    @Override
    public Optional<Hook> hook() {
      return link.hook();
    }

    @Override
    public boolean diesWithProcess() {
      return link.diesWithProcess();
    }

    @Override
    public ListedLink info() {
      return link.info();
    }

    @Override
    public void update(LoadedProgram next) {
      link.update(next);
    }

    @Override
    public void update(Operations next) {
      link.update(next);
    }

    @Override
    public boolean replace(LoadedProgram expected, LoadedProgram next) {
      return link.replace(expected, next);
    }

    @Override
    public boolean replace(int expected, LoadedProgram next) {
      return link.replace(expected, next);
    }

    @Override
    public void detach() {
      link.detach();
    }

    @Override
    public void pin(Path path) {
      link.pin(path);
    }

    @Override
    public void unpin() {
      link.unpin();
    }

    @Override
    public boolean isPinned() {
      return link.isPinned();
    }

    @Override
    public Link release() {
      forget(this);
      return link.release();
    }

    @Override
    public void close() {
      if (forget(this)) {
        link.close();
      }
    }

    @Override
    public String toString() {
      return link.toString();
    }
  }
}
