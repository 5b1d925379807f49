import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Arp;
import org.bpf4j.lang.net.EtherType;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.MacAddress;

@Bpf(license = "GPL")
public final class ArpAnswer {

  static final int OURS = 0x0a000002;

  @Xdp
  static XdpAction answer(XdpContext context) {
    Ethernet ethernet = context.header(Ethernet.class, 0);
    if (ethernet == null || ethernet.etherType() != EtherType.ARP) {
      return XdpAction.PASS;
    }
    Arp arp = context.header(Arp.class, Ethernet.BYTES);
    if (arp == null
        || arp.hardwareType() != 1
        || arp.protocolType() != EtherType.IPV4
        || arp.operation() != Arp.REQUEST
        || arp.target() != OURS) {
      return XdpAction.PASS;
    }
    MacAddress ours = new MacAddress(0x0200_0000_00aaL);
    MacAddress theirs = arp.senderHardware();
    int asker = arp.sender();
    arp.operation(Arp.REPLY);
    arp.targetHardware(theirs);
    arp.target(asker);
    arp.senderHardware(ours);
    arp.sender(OURS);
    ethernet.destination(theirs);
    ethernet.source(ours);
    return XdpAction.TX;
  }
}
