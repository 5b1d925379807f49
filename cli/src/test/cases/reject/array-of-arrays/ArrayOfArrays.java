import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class ArrayOfArrays {

  @Struct
  static final class Matrix {
    final int[][] cells = new int[3][5];
  }

  record Row(int[] cells) {}

  static final int[][] shared = new int[4][8];
  static final BpfHashMap<Integer, Matrix> matrices = BpfHashMap.create(4);
  static final BpfHashMap<Integer, Row> rows = BpfHashMap.create(4);
  static final BpfHashMap<Integer, int[]> arrays = BpfHashMap.create(4);

  @Xdp
  static XdpAction program(XdpContext context) {
    int[][] local = new int[2][3];
    return local.length == 2 ? XdpAction.DROP : XdpAction.PASS;
  }
}
