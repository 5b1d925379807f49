package org.bpf4j.attach;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Hook.Direction;
import org.bpf4j.handle.Link;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.Failure;
import org.bpf4j.sys.Netlink;

/// A traffic control filter, which stays when the process dies: a hook of the JVM removes it at a
/// normal end, and its name, `bpf4j:<pid>:<program>`, tells whose it was after any other.
///
/// The `clsact` discipline that it needs is left behind: it does nothing by itself, and others may
/// have put filters of their own there.
final class FilterLink implements Link {

  /// How many filters of ours an interface may have in one direction.
  private static final int MAX_FILTERS = 4096;

  private static final Set<FilterLink> OPEN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> OPEN.forEach(FilterLink::close), "bpf4j-detach"));
  }

  private final Descriptor socket;
  private final Hook.Tc hook;
  private final int index;
  private final int handle;
  private final AtomicBoolean closed = new AtomicBoolean();

  private FilterLink(Descriptor socket, Hook.Tc hook, int index, int handle) {
    this.socket = socket;
    this.hook = hook;
    this.index = index;
    this.handle = handle;
    OPEN.add(this);
  }

  /// Adds a filter under the first handle that is free.
  static Link attach(Descriptor program, String name, Hook.Tc hook, int index) {
    Descriptor socket = Netlink.open();
    try {
      Failure.check(Netlink.addClsact(socket, index), "adding clsact to " + hook);
      String tag = "bpf4j:" + ProcessHandle.current().pid() + ":" + name;
      long result = -Errno.EEXIST.number();
      for (int handle = 1; handle <= MAX_FILTERS && Errno.EEXIST.is(result); handle++) {
        result = Netlink.addFilter(socket, index, isIngress(hook), handle, program, tag);
        if (result == 0) {
          return new FilterLink(socket, hook, index, handle);
        }
      }
      throw Failure.of(result, "attaching to " + hook);
    } catch (RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static boolean isIngress(Hook.Tc hook) {
    return hook.direction() == Direction.INGRESS;
  }

  @Override
  public Hook hook() {
    return hook;
  }

  @Override
  public boolean diesWithProcess() {
    return false;
  }

  @Override
  public void pin(Path path) {
    throw new UnsupportedFeatureException(
        "pinning of " + hook + " as a link", new KernelVersion(6, 6));
  }

  /// Leaves the filter to the interface: not even the end of the JVM removes it.
  @Override
  public Link release() {
    OPEN.remove(this);
    return this;
  }

  /// A filter that is gone, perhaps with its interface, is as good as removed.
  @Override
  public void close() {
    OPEN.remove(this);
    if (closed.compareAndSet(false, true)) {
      try (socket) {
        long result = Netlink.removeFilter(socket, index, isIngress(hook), handle);
        if (!Errno.ENOENT.is(result) && !Errno.ENODEV.is(result) && !Errno.EINVAL.is(result)) {
          Failure.check(result, "detaching from " + hook);
        }
      }
    }
  }

  @Override
  public String toString() {
    return "filter " + handle + " of " + hook;
  }
}
