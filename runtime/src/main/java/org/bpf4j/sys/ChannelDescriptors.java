package org.bpf4j.sys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bpf4j.kernel.NoSuchTargetException;
import org.jspecify.annotations.Nullable;

/// The descriptors of Java's channels, which Java does not tell.
///
/// `/proc/self/fd` lists the sockets of the process, and the kernel tells their types and
/// addresses; the one that has those of the channel is it. Of several, such as sockets that share a
/// port, it is the one on which an option changes that is turned over through the channel for a
/// moment.
public final class ChannelDescriptors {

  /// `SO_REUSEADDR`, `SO_TYPE` and `SO_KEEPALIVE` of `asm-generic/socket.h`; `SOCK_STREAM` and
  /// `SOCK_DGRAM`.
  private static final int REUSE_ADDRESS = 2;

  private static final int TYPE = 3;
  private static final int KEEP_ALIVE = 9;
  private static final int STREAM = 1;
  private static final int DATAGRAM = 2;

  private ChannelDescriptors() {}

  /// The number of a channel's descriptor.
  ///
  /// @throws IllegalArgumentException if the channel is closed, or is not bound to an address of
  ///   IPv4 or IPv6
  /// @throws NoSuchTargetException if there is no such descriptor
  public static int of(NetworkChannel channel) {
    try {
      if (!(channel.getLocalAddress() instanceof InetSocketAddress local)) {
        throw new IllegalArgumentException(
            channel + " is not bound to an address of IPv4 or IPv6; give its descriptor");
      }
      List<Integer> same = alike(channel, local);
      Optional<Integer> found =
          same.size() == 1 ? Optional.of(same.getFirst()) : turnedOver(channel, same);
      return found.orElseThrow(
          () -> new NoSuchTargetException("descriptor of " + channel, List.of()));
    } catch (ClosedChannelException e) {
      throw new IllegalArgumentException("the channel is closed", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The sockets of the channel's type and with its addresses.
  private static List<Integer> alike(NetworkChannel channel, InetSocketAddress local)
      throws IOException {
    int type = channel instanceof DatagramChannel ? DATAGRAM : STREAM;
    @Nullable SocketAddress remote =
        switch (channel) {
          case SocketChannel socket -> socket.getRemoteAddress();
          case DatagramChannel socket -> socket.getRemoteAddress();
          default -> null;
        };
    List<Integer> same = new ArrayList<>();
    for (int socket : sockets()) {
      if (KernelSocket.get(socket, TYPE) == type
          && isSame(local, KernelSocket.localAddress(socket))
          && isSame(remote, KernelSocket.remoteAddress(socket))) {
        same.add(socket);
      }
    }
    return same;
  }

  /// The kernel has IPv4 addresses inside IPv6 ones; [InetSocketAddress] has taken them out.
  private static boolean isSame(@Nullable SocketAddress java, Optional<InetSocketAddress> kernel) {
    if (!(java instanceof InetSocketAddress address) || kernel.isEmpty()) {
      return java == null && kernel.isEmpty();
    }
    boolean any = address.getAddress().isAnyLocalAddress();
    return address.getPort() == kernel.get().getPort()
        && (any
            ? kernel.get().getAddress().isAnyLocalAddress()
            : address.getAddress().equals(kernel.get().getAddress()));
  }

  private static List<Integer> sockets() throws IOException {
    List<Integer> sockets = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        try {
          if (Files.readSymbolicLink(file).toString().startsWith("socket:")) {
            sockets.add(Integer.parseInt(file.getFileName().toString()));
          }
        } catch (NoSuchFileException _) {
          // closed meanwhile
        }
      }
    }
    return sockets;
  }

  private static synchronized Optional<Integer> turnedOver(
      NetworkChannel channel, List<Integer> among) throws IOException {
    boolean connects = channel instanceof SocketChannel;
    int number = connects ? KEEP_ALIVE : REUSE_ADDRESS;
    SocketOption<Boolean> option =
        connects ? StandardSocketOptions.SO_KEEPALIVE : StandardSocketOptions.SO_REUSEADDR;
    List<Long> before = among.stream().map(socket -> KernelSocket.get(socket, number)).toList();
    boolean old = channel.getOption(option);
    channel.setOption(option, !old);
    try {
      List<Integer> changed =
          IntStream.range(0, among.size())
              .filter(i -> before.get(i) != KernelSocket.get(among.get(i), number))
              .mapToObj(among::get)
              .toList();
      return changed.size() == 1 ? Optional.of(changed.getFirst()) : Optional.empty();
    } finally {
      channel.setOption(option, old);
    }
  }
}
