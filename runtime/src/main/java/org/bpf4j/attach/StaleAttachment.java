package org.bpf4j.attach;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.Failure;
import org.bpf4j.sys.Interfaces;
import org.bpf4j.sys.LeftStruct;
import org.bpf4j.sys.MountTable;
import org.bpf4j.sys.Netlink;
import org.bpf4j.sys.NetlinkDump;
import org.bpf4j.sys.OwnerTag;
import org.bpf4j.sys.PinnedParts;
import org.jspecify.annotations.Nullable;

/// An attachment that a process of bpf4j left behind: it could not be a link, and the process was
/// killed before it took it away. `bpf4j doctor --stale` removes it, or the next process that
/// attaches a program of that name to the same place.
///
/// Only what bears the tag of a process that is gone is one; what belongs to a namespace of
/// processes that this process does not see is left alone.
public final class StaleAttachment {

  /// `struct tcmsg` and `struct rtmsg`, behind which attributes begin.
  private static final int FILTER_HEADER = 20;

  private static final int ROUTE_HEADER = 12;

  /// Attributes of routes: destination, interface, and what is around the packets.
  private static final int DESTINATION = 1;

  private static final int INTERFACE = 4;
  private static final int ENCAPSULATION = 22;

  /// The attribute of filters with the details of their kind.
  private static final int OPTIONS = 2;

  /// How deep in a BPF file system folders of pins are looked for.
  private static final int DEPTH = 8;

  private interface Removal {
    long by(Descriptor socket);
  }

  private final String place;
  private final OwnerTag owner;
  private final Removal removal;

  private StaleAttachment(String place, OwnerTag owner, Removal removal) {
    this.place = place;
    this.owner = owner;
    this.removal = removal;
  }

  /// Those in the calling thread's network namespace, pins in its mounts, and structs.
  public static List<StaleAttachment> find() {
    List<StaleAttachment> stale = new ArrayList<>();
    try (Descriptor socket = Netlink.open()) {
      for (String name : NetworkInterfaces.names()) {
        long index = Interfaces.index(name);
        if (index > 0) {
          addFilters(stale, socket, name, Math.toIntExact(index), true);
          addFilters(stale, socket, name, Math.toIntExact(index), false);
        }
      }
      NetlinkDump.routes(socket).forEach(route -> addRoute(stale, route));
    }
    MountTable.folders("bpf").forEach(mount -> addPins(stale, mount, DEPTH));
    LeftStruct.find()
        .forEach(
            left ->
                stale.add(
                    new StaleAttachment(
                        "struct " + left.name(), left.owner(), _ -> left.remove())));
    return stale;
  }

  /// Folders of pins that were being filled; see [PinnedParts].
  private static void addPins(List<StaleAttachment> stale, Path folder, int depth) {
    Optional<OwnerTag> owner = PinnedParts.left(folder);
    if (owner.isPresent()) {
      stale.add(new StaleAttachment("folder of pins " + folder, owner.get(), _ -> remove(folder)));
    } else if (depth > 0) {
      folders(folder).forEach(inner -> addPins(stale, inner, depth - 1));
    }
  }

  private static List<Path> folders(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)).toList();
    } catch (IOException | UncheckedIOException _) {
      return List.of(); // somebody else's, which this process may not read, or gone meanwhile
    }
  }

  private static long remove(Path folder) {
    try {
      PinnedParts.removeFolder(folder);
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + folder, e);
    }
  }

  /// Takes away the filters that dead processes left at one hook, by the name of their program; for
  /// who has attached the program of that name anew.
  ///
  /// @param name the interface
  static void reclaimFilters(
      Descriptor socket, String name, int index, boolean ingress, String program) {
    List<StaleAttachment> stale = new ArrayList<>();
    addFilters(stale, socket, name, index, ingress);
    stale.stream()
        .filter(left -> left.owner.program().equals(program))
        .forEach(left -> left.remove(socket));
  }

  /// Whether a route is one that a dead process left, by the name of its program.
  static boolean hasRoute(Descriptor socket, Netlink.Route wanted, String program) {
    return NetlinkDump.routes(socket).stream()
        .filter(route -> (route.get(1) & 0xff) == wanted.bits())
        .map(route -> attributes(route, ROUTE_HEADER))
        .filter(attributes -> Arrays.equals(attributes.get(DESTINATION), wanted.network()))
        .flatMap(attributes -> owner(attributes.get(ENCAPSULATION)).stream())
        .anyMatch(owner -> owner.program().equals(program));
  }

  private static void addFilters(
      List<StaleAttachment> stale, Descriptor socket, String name, int index, boolean ingress) {
    for (ByteBuffer filter : NetlinkDump.filters(socket, index, ingress)) {
      int handle = filter.getInt(8);
      owner(attributes(filter, FILTER_HEADER).get(OPTIONS))
          .map(
              owner ->
                  new StaleAttachment(
                      "filter at " + (ingress ? "ingress" : "egress") + " of " + name,
                      owner,
                      by -> Netlink.removeFilter(by, index, ingress, handle)))
          .ifPresent(stale::add);
    }
  }

  private static void addRoute(List<StaleAttachment> stale, ByteBuffer route) {
    Map<Integer, byte[]> attributes = attributes(route, ROUTE_HEADER);
    byte[] network = attributes.get(DESTINATION);
    byte[] out = attributes.get(INTERFACE);
    if (network == null || out == null) {
      return;
    }
    int bits = route.get(1) & 0xff;
    int index = ByteBuffer.wrap(out).order(route.order()).getInt();
    owner(attributes.get(ENCAPSULATION))
        .map(
            owner ->
                new StaleAttachment(
                    "route to " + address(network) + "/" + bits,
                    owner,
                    by -> Netlink.removeRoute(by, new Netlink.Route(network, bits, index))))
        .ifPresent(stale::add);
  }

  private static String address(byte[] network) {
    try {
      return InetAddress.getByAddress(network).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + network.length + " bytes", e);
    }
  }

  /// The owner that is named somewhere in an attribute, if it is gone.
  private static Optional<OwnerTag> owner(byte @Nullable [] details) {
    return Optional.ofNullable(details)
        .flatMap(bytes -> OwnerTag.find(new String(bytes, StandardCharsets.ISO_8859_1)))
        .filter(OwnerTag::isStale);
  }

  /// The attributes of a message by their types: each has a length of two bytes, itself included.
  private static Map<Integer, byte[]> attributes(ByteBuffer message, int header) {
    Map<Integer, byte[]> attributes = new HashMap<>();
    int at = header;
    while (at + 4 <= message.limit()) {
      int length = message.getShort(at) & 0xffff;
      if (length < 4 || at + length > message.limit()) {
        break;
      }
      byte[] value = new byte[length - 4];
      message.get(at + 4, value);
      attributes.put(message.getShort(at + 2) & 0x3fff, value);
      at += (length + 3) & ~3;
    }
    return attributes;
  }

  /// Takes it away; it is no error if somebody did so before.
  public void remove() {
    try (Descriptor socket = Netlink.open()) {
      remove(socket);
    }
  }

  private void remove(Descriptor socket) {
    long result = removal.by(socket);
    boolean gone = Errno.ENOENT.is(result) || Errno.ESRCH.is(result) || Errno.ENODEV.is(result);
    if (!gone) {
      Failure.check(result, "removing the " + place);
    }
  }

  /// What it is, and whose it was.
  @Override
  public String toString() {
    return place + ", of program " + owner.program() + " of process " + owner.process();
  }
}
