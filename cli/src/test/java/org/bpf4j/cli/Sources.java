package org.bpf4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Java files for commands to compile.
final class Sources {

  /// Drops UDP packets to a port, counts frames by EtherType, and tells of every drop.
  static final String PORT_FILTER =
      """
      package com.example;

      import org.bpf4j.lang.*;
      import org.bpf4j.lang.net.*;

      @Bpf(license = "GPL")
      public final class PortFilter {
        @Struct static final class Dropped { int source; boolean all; }
        static final BpfHashMap<Integer, Long> types = BpfHashMap.create(16);
        static final BpfArray<Long> unused = BpfArray.create(4);
        static final RingBuffer<Dropped> drops = RingBuffer.ofBytes(4096);
        @Config static int port = 53;
        @Config static boolean all = false;
        static long seen;

        @Xdp
        static XdpAction filter(XdpContext ctx) {
          seen++;
          Ethernet eth = ctx.header(Ethernet.class, 0);
          if (eth == null) return XdpAction.ABORTED;
          Long before = types.get(eth.etherType());
          types.put(eth.etherType(), before == null ? 1L : before + 1);
          Ipv4 ip = ctx.header(Ipv4.class, Ethernet.BYTES);
          if (eth.etherType() != EtherType.IPV4 || ip == null) return XdpAction.PASS;
          Udp udp = ctx.header(Udp.class, Ethernet.BYTES + Ipv4.BYTES);
          if (ip.protocol() != IpProtocol.UDP || udp == null) return XdpAction.PASS;
          if (!all && udp.destinationPort() != port) return XdpAction.PASS;
          Dropped dropped = drops.reserve();
          if (dropped != null) {
            dropped.source = ip.source();
            dropped.all = all;
            drops.submit(dropped);
          }
          return XdpAction.DROP;
        }

        @Tracepoint("syscalls/sys_enter_execve")
        static void onExecve() {
          seen++;
        }
      }
      """;

  /// Has code of another class in it.
  static final String CALLER =
      """
      package com.example;

      import org.bpf4j.lang.*;

      @Bpf(license = "GPL")
      public final class Caller {
        @Xdp
        static XdpAction filter(XdpContext ctx) {
          return Callee.isLong(ctx.length()) ? XdpAction.DROP : XdpAction.PASS;
        }
      }
      """;

  /// The other class; the limit can be changed.
  static final String CALLEE =
      """
      package com.example;

      import org.bpf4j.lang.*;

      public final class Callee {
        @BpfFunction
        public static boolean isLong(int bytes) {
          return bytes > 1000;
        }
      }
      """;

  private Sources() {}

  /// Writes a class of `com.example` into a directory.
  static Path write(Path directory, String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name + ".java"), text);
  }
}
