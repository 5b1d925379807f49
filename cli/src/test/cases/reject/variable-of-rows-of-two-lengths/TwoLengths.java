import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class TwoLengths {

  @Xdp
  static XdpAction program(XdpContext context) {
    int[][] grid = new int[2][3];
    if (context.length() > 100) {
      grid = new int[2][4];
    }
    return grid[1][2] == 2 ? XdpAction.DROP : XdpAction.PASS;
  }
}
