import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Netfilter;
import org.bpf4j.lang.NetfilterAction;

@Bpf(license = "GPL")
public final class Netfilters {

  static int seen;
  static int most = 1;

  @Netfilter
  static NetfilterAction some() {
    return seen++ < most ? NetfilterAction.ACCEPT : NetfilterAction.DROP;
  }
}
