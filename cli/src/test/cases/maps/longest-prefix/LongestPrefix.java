import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfLpmTrie;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.bpf4j.lang.net.Ethernet;
import org.bpf4j.lang.net.Ipv4;
import org.bpf4j.lang.net.Ipv4Prefix;

@Bpf(license = "GPL")
public final class LongestPrefix {

  @Struct
  static final class Rule {
    long packets;
    int action;
  }

  static final BpfLpmTrie<Ipv4Prefix, Rule> rules = BpfLpmTrie.create(16);

  @Xdp
  static XdpAction filter(XdpContext ctx) {
    Ipv4 ip = ctx.header(Ipv4.class, Ethernet.BYTES);
    if (ip == null) {
      return XdpAction.ABORTED;
    }
    Rule rule = rules.get(new Ipv4Prefix(32, ip.destination()));
    if (rule == null) {
      return XdpAction.PASS;
    }
    rule.packets++;
    return rule.action == 1 ? XdpAction.DROP : XdpAction.TX;
  }

  @Xdp
  static XdpAction edit() {
    Ipv4Prefix wide = new Ipv4Prefix(8, 0x0a000000);
    Rule rule = new Rule();
    rule.action = 7;
    boolean done =
        rules.put(wide, rule)
            && !rules.putIfAbsent(new Ipv4Prefix(8, 0x0affffff), rule)
            && rules.putIfAbsent(new Ipv4Prefix(24, 0x0a010200), rule)
            && rules.containsKey(new Ipv4Prefix(32, 0x0a010203))
            && !rules.containsKey(new Ipv4Prefix(32, 0x0b000000))
            && !rules.containsKey(new Ipv4Prefix(4, 0x0a000000))
            && !rules.remove(new Ipv4Prefix(9, 0x0a000000))
            && rules.remove(new Ipv4Prefix(24, 0x0a010200))
            && !rules.put(new Ipv4Prefix(33, 0), rule);
    return done ? XdpAction.PASS : XdpAction.DROP;
  }
}
