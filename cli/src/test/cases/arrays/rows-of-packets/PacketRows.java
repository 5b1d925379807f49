import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.Overlay;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.U32;
import org.bpf4j.lang.U8;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;

@Bpf(license = "GPL")
public final class PacketRows {

  @Header(bytes = 4)
  interface Bytes {
    @U8
    int row();

    @U8
    int column();

    @U8
    int value();

    @U8
    int offset();
  }

  @Header(bytes = 4)
  interface Word {
    @U32
    long word();

    void word(long value);
  }

  @Struct
  static final class Matrix {
    final short[][] cells = new short[3][4];
    final byte[] bytes = new byte[8];
  }

  static final BpfArray<Matrix> matrices = BpfArray.create(2);
  static final int[][] TABLE = {{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 11, 12}};
  static int result;

  static int sum(int[][] rows) {
    int sum = 0;
    for (int[] row : rows) {
      for (int cell : row) {
        sum = sum * 3 + cell;
      }
    }
    return sum;
  }

  @Xdp
  static XdpAction local(XdpContext context) {
    Bytes bytes = context.header(Bytes.class, 0);
    if (bytes == null) {
      return XdpAction.PASS;
    }
    int[][] grid = new int[3][4];
    grid[bytes.row()][bytes.column()] = bytes.value();
    grid[1][bytes.column()] += TABLE[bytes.row()][2];
    result = sum(grid);
    return XdpAction.DROP;
  }

  @Xdp
  static XdpAction inMap(XdpContext context) {
    Bytes bytes = context.header(Bytes.class, 0);
    if (bytes == null) {
      return XdpAction.PASS;
    }
    Matrix matrix = matrices.get(1);
    matrix.cells[bytes.row()][bytes.column()] += bytes.value();
    short[] row = matrix.cells[bytes.row()];
    row[0]++;
    Word word = Overlay.of(Word.class, matrix.bytes, bytes.offset());
    word.word(word.word() + bytes.value());
    return XdpAction.DROP;
  }

  @Xdp
  static XdpAction overlaid(XdpContext context) {
    Bytes bytes = context.header(Bytes.class, 0);
    if (bytes == null) {
      return XdpAction.PASS;
    }
    byte[] local = {1, 2, 3, 4, 5, 6, 7, 8};
    Word word = Overlay.of(Word.class, local, bytes.offset());
    word.word(word.word() + bytes.value());
    result = (int) Overlay.of(Word.class, local, 1).word();
    return XdpAction.DROP;
  }
}
