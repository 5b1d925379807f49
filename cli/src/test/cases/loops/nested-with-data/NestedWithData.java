import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class NestedWithData {

  @Struct
  static final class Args {
    int rows;
    int columns;
    final int[] cells = new int[16];
  }

  @Syscall
  static int sum(Args args) {
    int sum = 0;
    for (int row = 0; row < args.rows; row++) {
      for (int column = 0; column < args.columns; column++) {
        sum += args.cells[row * 4 + column];
      }
    }
    return sum;
  }
}
