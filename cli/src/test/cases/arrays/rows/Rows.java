import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class Rows {

  enum Cell {
    FREE,
    TAKEN
  }

  @Struct
  static final class Args {
    int a;
    int b;
    final short[][] given = new short[2][3];
  }

  @Struct
  static final class Matrix {
    byte before;
    final int[][] cells = new int[3][4];
    final Cell[][] board = new Cell[2][2];
    final byte[][][] cube = new byte[2][3][4];
    long after;
  }

  static final int[][] TABLE = {{1, 2, 3}, {4, 5, 6}};
  static final Cell[][] BOARD = {{Cell.FREE, Cell.TAKEN}, {Cell.TAKEN, Cell.FREE}};
  static final long[][] shared = new long[4][2];
  static final BpfArray<Matrix> matrices = BpfArray.create(2);

  static int sum(int[] row) {
    int sum = 0;
    for (int cell : row) {
      sum += cell;
    }
    return sum;
  }

  static int sum(int[][] rows) {
    int sum = 0;
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        sum += rows[i][j];
      }
    }
    return sum;
  }

  static int[][] larger(int[][] one, int[][] other) {
    return sum(one) >= sum(other) ? one : other;
  }

  @Syscall
  static int table(Args args) {
    int[] row = TABLE[args.a];
    return row[args.b] * 100 + TABLE.length * 10 + TABLE[0].length + sum(TABLE[1]) * 1_000;
  }

  @Syscall
  static int constants(Args args) {
    return switch (BOARD[args.a][args.b]) {
      case FREE -> 1;
      case TAKEN -> 2;
    };
  }

  @Syscall
  static int local(Args args) {
    int[][] grid = new int[2][3];
    grid[args.a][args.b] = 5;
    grid[0][0] += 2;
    grid[1][2]++;
    int[][] same = grid;
    int total = 0;
    for (int[] row : same) {
      total = total * 10 + sum(row);
    }
    return total;
  }

  @Syscall
  static int listed(Args args) {
    int[][] grid = {{args.a, 1, 2}, {args.b, 3, args.a}};
    int[][] other = {{1, 1, 1}, {2, 2, 2}};
    int[][] chosen = larger(grid, other);
    chosen[0][0] = 50;
    var nested = new int[][][] {{{1, 2}, {3, args.b}}, {{5, 6}, {7, 8}}};
    return sum(grid) * 1_000 + sum(other) + sum(new int[3][5]) + nested[0][1][args.a] * 100;
  }

  @Syscall
  static int members(Args args) {
    Matrix matrix = matrices.get(1);
    for (int i = 0; i < matrix.cells.length; i++) {
      for (int j = 0; j < matrix.cells[i].length; j++) {
        matrix.cells[i][j] = i * 10 + j;
      }
    }
    matrix.board[args.a][1] = Cell.TAKEN;
    matrix.cube[args.a][args.b][3] = -1;
    byte[][] plane = matrix.cube[1];
    plane[0][args.b] += 7;
    matrix.after = sum(matrix.cells[args.b]);
    matrix.before = 1;
    System.arraycopy(matrix.cells[0], 0, matrix.cells[2], 1, 3);
    shared[args.b][args.a] += args.given[1][2] + args.given[0][1];
    return matrix.cells[2][3] + (matrix.board[args.a][1] == Cell.TAKEN ? 100 : 0);
  }

  @Syscall
  static int argument(Args args) {
    int sum = 0;
    for (short[] row : args.given) {
      for (int i = 0; i < row.length; i++) {
        sum = sum * 2 + row[i];
        row[i]++;
      }
    }
    args.given[args.a][args.b] = 100;
    return sum;
  }
}
