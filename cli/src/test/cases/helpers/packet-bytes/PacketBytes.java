import org.bpf4j.lang.Be16;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;

@Bpf(license = "GPL")
public final class PacketBytes {

  @Struct
  static final class Ports {
    @Be16 int source;
    @Be16 int destination;
  }

  static long copied;
  static int sum;

  /// Swaps the ports at byte 34, and writes a part of an array behind them.
  @Tc
  static TcAction swap(TcContext context) {
    Ports ports = new Ports();
    copied = Helpers.skbLoadBytes(context, 34, ports);
    if (copied < 0) {
      return TcAction.SHOT;
    }
    int source = ports.source;
    ports.source = ports.destination;
    ports.destination = source;
    Helpers.skbStoreBytes(context, 34, ports, 0);
    byte[] bytes = new byte[8];
    int count = context.length() - 40;
    if (Helpers.skbLoadBytes(context, 0, bytes, 2, 6) != 0) {
      return TcAction.PIPE;
    }
    for (int i = 0; i < bytes.length; i++) {
      sum += bytes[i];
    }
    Helpers.skbStoreBytes(context, 38, bytes, 2, count, 0);
    return TcAction.OK;
  }
}
