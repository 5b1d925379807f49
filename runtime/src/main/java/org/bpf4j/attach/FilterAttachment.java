package org.bpf4j.attach;

import java.util.Set;
import org.bpf4j.attach.LastingLink.Ways;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Hook.Direction;
import org.bpf4j.handle.Link;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.Netlink;
import org.bpf4j.sys.Refusal;

/// Attaches traffic control programs as filters.
///
/// The `clsact` discipline that a filter needs is left behind: it does nothing by itself, and
/// others may have put filters of their own there.
final class FilterAttachment {

  /// How many filters of ours an interface may have in one direction.
  private static final int MAX_FILTERS = 4096;

  /// What an interface without the filter, or no interface, answers.
  private static final Set<Errno> GONE = Set.of(Errno.ENOENT, Errno.ENODEV, Errno.EINVAL);

  /// The kernel that has tcx.
  private static final KernelVersion LINKS = new KernelVersion(6, 6);

  private FilterAttachment() {}

  /// Adds a filter under the first handle that is free, and then takes away those of the same
  /// program that dead processes left, so that no packet passes unseen meanwhile.
  static Link attach(Descriptor program, String name, Hook.Tc hook, int index) {
    boolean ingress = hook.direction() == Direction.INGRESS;
    Descriptor socket = Netlink.open();
    try {
      Refusal.check(Netlink.addClsact(socket, index), hook);
      String tag = LastingLink.tag(name);
      long result = -Errno.EEXIST.number();
      for (int next = 1; next <= MAX_FILTERS && Errno.EEXIST.is(result); next++) {
        int handle = next;
        result = Netlink.addFilter(socket, index, ingress, handle, program, tag);
        if (result == 0) {
          Link link =
              new LastingLink(
                  socket,
                  hook,
                  new Ways(
                      by -> Netlink.removeFilter(by, index, ingress, handle),
                      GONE,
                      (by, other, whose) ->
                          Netlink.replaceFilter(by, index, ingress, handle, other, whose),
                      LINKS));
          return reclaiming(link, socket, name, hook, index);
        }
      }
      throw Refusal.ofAttach(result, hook);
    } catch (RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static Link reclaiming(
      Link link, Descriptor socket, String name, Hook.Tc hook, int index) {
    boolean ingress = hook.direction() == Direction.INGRESS;
    try {
      StaleAttachment.reclaimFilters(socket, hook.networkInterface(), index, ingress, name);
      return link;
    } catch (RuntimeException e) {
      link.close();
      throw e;
    }
  }
}
