import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class ArrayOfArrays {

  @Struct
  static final class Slot {
    int used;
  }

  @Struct
  static final class Matrix {
    final int[][] ragged = {{1}, {2, 3}};
    final Slot[][] empty = new Slot[2][2];
  }

  record Row(int[] cells) {}

  static final int[][] shared = new int[4][];
  static final BpfHashMap<Integer, Matrix> matrices = BpfHashMap.create(4);
  static final BpfHashMap<Integer, Row> rows = BpfHashMap.create(4);
  static final BpfHashMap<Integer, int[]> arrays = BpfHashMap.create(4);

  static int first(int[][] cells) {
    return cells[0][0];
  }

  @Xdp
  static XdpAction program(XdpContext context) {
    int[][] open = new int[2][];
    int[] row = {1, 2};
    int[][] references = {row, row};
    Slot[][] nulls = new Slot[2][2];
    int[][] other = new int[2][3];
    other[1] = row;
    int[][] copy = other.clone();
    return first(other) == 2 ? XdpAction.DROP : XdpAction.PASS;
  }
}
