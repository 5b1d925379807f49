package org.bpf4j.object;

import java.util.Set;

/// The rows of [ProgramKind] for the sockets in maps: their name says which.
final class SocketRows {

  private SocketRows() {}

  static final ProgramRow SK_MSG =
      new ProgramRow("SkMsg", "a socket message", ProgramFamily.SOCKET_MAP)
          .kernel(ProgramType.SK_MSG, 7, "4.17")
          .sections("sk_msg")
          .context(ContextLayout.SK_MSG, Set.of())
          .action("SocketAction", "PASS", "whether the data are sent")
          .example("@SkMsg static SocketAction %s(SkMsgContext ctx)");

  static final ProgramRow SK_SKB_STREAM_PARSER =
      new ProgramRow("SkSkbStreamParser", "a stream parser", ProgramFamily.SOCKET_MAP)
          .kernel(ProgramType.SK_SKB, 4, "4.14")
          .sections("sk_skb/stream_parser")
          .context(ContextLayout.SK_SKB, Set.of(32))
          .example("@SkSkbStreamParser static int %s(SkSkbContext ctx)");

  static final ProgramRow SK_SKB_STREAM_VERDICT =
      new ProgramRow("SkSkbStreamVerdict", "a stream verdict", ProgramFamily.SOCKET_MAP)
          .kernel(ProgramType.SK_SKB, 5, "4.14")
          .sections("sk_skb/stream_verdict")
          .context(ContextLayout.SK_SKB, Set.of(32))
          .action("SocketAction", "PASS", "whether the message is received")
          .example("@SkSkbStreamVerdict static SocketAction %s(SkSkbContext ctx)");

  static final ProgramRow SK_SKB_VERDICT =
      new ProgramRow("SkSkbVerdict", "a socket verdict", ProgramFamily.SOCKET_MAP)
          .kernel(ProgramType.SK_SKB, 38, "5.13")
          .sections("sk_skb/verdict")
          .context(ContextLayout.SK_SKB, Set.of(32))
          .action("SocketAction", "PASS", "whether the data are received")
          .example("@SkSkbVerdict static SocketAction %s(SkSkbContext ctx)");
}
