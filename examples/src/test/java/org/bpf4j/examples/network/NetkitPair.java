package org.bpf4j.examples.network;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.NetkitPeer;
import org.bpf4j.lang.NetkitPrimary;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;

/// Counts the packets that leave by each device of a netkit pair.
@Bpf(license = "GPL")
public final class NetkitPair {

  static int there;
  static int back;

  private NetkitPair() {}

  @NetkitPrimary
  static TcAction out(TcContext context) {
    there += context.length() > 0 ? 1 : 0;
    return TcAction.OK;
  }

  @NetkitPeer
  static TcAction in(TcContext context) {
    back += context.length() > 0 ? 1 : 0;
    return TcAction.OK;
  }
}
