package org.bpf4j.object;

import java.util.Set;

/// The rows of [ProgramKind] for packets and sockets outside cgroups: their name says which.
final class NetworkRows {

  private NetworkRows() {}

  static final ProgramRow NETKIT_PRIMARY =
      new ProgramRow("NetkitPrimary", "a netkit", ProgramFamily.NETKIT)
          .kernel(ProgramType.SCHED_CLS, 54, "6.7")
          .sections("netkit/primary")
          .context(ContextLayout.SK_BUFF, Set.of(8, 12, 32, 44, 48, 52, 56, 60, 64, 72, 152))
          .action("TcAction", "OK", "what happens to the packet")
          .aborts(2)
          .example("@NetkitPrimary static TcAction %s(TcContext ctx)");

  static final ProgramRow NETKIT_PEER =
      new ProgramRow("NetkitPeer", "a netkit", ProgramFamily.NETKIT)
          .kernel(ProgramType.SCHED_CLS, 55, "6.7")
          .sections("netkit/peer")
          .context(ContextLayout.SK_BUFF, Set.of(8, 12, 32, 44, 48, 52, 56, 60, 64, 72, 152))
          .action("TcAction", "OK", "what happens to the packet")
          .aborts(2)
          .example("@NetkitPeer static TcAction %s(TcContext ctx)");

  static final ProgramRow SOCKET_FILTER =
      new ProgramRow("SocketFilter", "a socket filter", ProgramFamily.SOCKET_FILTER)
          .kernel(ProgramType.SOCKET_FILTER, 0, "3.19")
          .sections("socket")
          .context(ContextLayout.SOCKET_FILTER, Set.of())
          .example("@SocketFilter static int %s(SocketFilterContext ctx)");

  static final ProgramRow XDP_DEVMAP =
      new ProgramRow("XdpDevmap", "a device map", ProgramFamily.XDP_MAP)
          .kernel(ProgramType.XDP, 33, "5.8")
          .sections("xdp/devmap")
          .choices(ProgramOption.FRAGS)
          .context(ContextLayout.XDP_DEVMAP, Set.of())
          .action("XdpAction", "PASS", "what happens to the frame")
          .aborts(0)
          .example("@XdpDevmap static XdpAction %s(XdpDevmapContext ctx)");

  static final ProgramRow XDP_CPUMAP =
      new ProgramRow("XdpCpumap", "a CPU map", ProgramFamily.XDP_MAP)
          .kernel(ProgramType.XDP, 35, "5.9")
          .sections("xdp/cpumap")
          .choices(ProgramOption.FRAGS)
          .context(ContextLayout.XDP_CPUMAP, Set.of())
          .action("XdpAction", "PASS", "what happens to the frame")
          .aborts(0)
          .example("@XdpCpumap static XdpAction %s(XdpContext ctx)");

  static final ProgramRow FLOW_DISSECTOR =
      new ProgramRow("FlowDissector", "a flow dissector", ProgramFamily.FLOW_DISSECTOR)
          .kernel(ProgramType.FLOW_DISSECTOR, 17, "4.20")
          .sections("flow_dissector")
          .context(
              ContextLayout.FLOW_DISSECTOR, Set.of(0, 2, 4, 6, 7, 8, 9, 10, 12, 14, 16, 20, 52))
          .action("FlowAction", "OK", "whether the flow was found")
          .aborts(2)
          .example("@FlowDissector static FlowAction %s(FlowDissectorContext ctx)");

  static final ProgramRow SK_LOOKUP =
      new ProgramRow("SkLookup", "a socket lookup", ProgramFamily.SK_LOOKUP)
          .kernel(ProgramType.SK_LOOKUP, 36, "5.9")
          .sections("sk_lookup")
          .context(ContextLayout.SK_LOOKUP, Set.of())
          .action("SocketAction", "PASS", "whether the search goes on")
          .example("@SkLookup static SocketAction %s(SkLookupContext ctx)");

  static final ProgramRow SK_REUSEPORT =
      new ProgramRow("SkReuseport", "a port reuse", ProgramFamily.SK_REUSEPORT)
          .kernel(ProgramType.SK_REUSEPORT, 39, "4.19")
          .sections("sk_reuseport")
          .context(ContextLayout.SK_REUSEPORT, Set.of())
          .action("SocketAction", "PASS", "whether a socket gets the packet")
          .example("@SkReuseport static SocketAction %s(SkReuseportContext ctx)");

  static final ProgramRow NETFILTER =
      new ProgramRow("Netfilter", "a netfilter", ProgramFamily.NETFILTER)
          .kernel(ProgramType.NETFILTER, 45, "6.4")
          .sections("netfilter")
          .context(ContextLayout.NETFILTER, Set.of())
          .action("NetfilterAction", "ACCEPT", "what happens to the packet")
          .example("@Netfilter static NetfilterAction %s(NetfilterContext ctx)");

  static final ProgramRow LWT_IN =
      new ProgramRow("LwtIn", "a route", ProgramFamily.LWT)
          .kernel(ProgramType.LWT_IN, 0, "4.10")
          .sections("lwt_in")
          .context(ContextLayout.LWT, Set.of(8, 32, 48, 52, 56, 60, 64))
          .action("LwtAction", "OK", "what happens to the packet")
          .aborts(2)
          .example("@LwtIn static LwtAction %s(LwtContext ctx)");

  static final ProgramRow LWT_OUT =
      new ProgramRow("LwtOut", "a route", ProgramFamily.LWT)
          .kernel(ProgramType.LWT_OUT, 0, "4.10")
          .sections("lwt_out")
          .context(ContextLayout.LWT, Set.of(8, 32, 48, 52, 56, 60, 64))
          .action("LwtAction", "OK", "what happens to the packet")
          .aborts(2)
          .example("@LwtOut static LwtAction %s(LwtContext ctx)");

  static final ProgramRow LWT_XMIT =
      new ProgramRow("LwtXmit", "a route", ProgramFamily.LWT)
          .kernel(ProgramType.LWT_XMIT, 0, "4.10")
          .sections("lwt_xmit")
          .context(ContextLayout.LWT_XMIT, Set.of(8, 32, 48, 52, 56, 60, 64))
          .action("LwtAction", "OK", "what happens to the packet")
          .aborts(2)
          .example("@LwtXmit static LwtAction %s(LwtXmitContext ctx)");

  static final ProgramRow LWT_SEG6LOCAL =
      new ProgramRow("LwtSeg6local", "a segment", ProgramFamily.LWT)
          .kernel(ProgramType.LWT_SEG6LOCAL, 0, "4.18")
          .sections("lwt_seg6local")
          .context(ContextLayout.LWT_SEG6LOCAL, Set.of(8, 32, 48, 52, 56, 60, 64))
          .action("LwtAction", "OK", "what happens to the packet")
          .aborts(2)
          .example("@LwtSeg6local static LwtAction %s(LwtContext ctx)");
}
