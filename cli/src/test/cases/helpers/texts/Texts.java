import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Tc;
import org.bpf4j.lang.TcAction;
import org.bpf4j.lang.TcContext;

@Bpf(license = "GPL")
public final class Texts {

  @Struct
  static final class Line {
    final BpfString text = BpfString.ofSize(24);
  }

  static long whole;
  static long natural;
  static long read;
  static long readUnsigned;
  static int order;

  @Tc
  static TcAction parse(TcContext context) {
    Line line = new Line();
    if (Helpers.skbLoadBytes(context, 14, line.text) != 0) {
      return TcAction.SHOT;
    }
    long[] number = new long[1];
    number[0] = 5;
    read = Helpers.strtol(line.text, 0, number);
    whole = number[0];
    readUnsigned = Helpers.strtoul(line.text, 10, number);
    natural = number[0];
    order = Helpers.strncmp(line.text, "42 is");
    return TcAction.OK;
  }
}
