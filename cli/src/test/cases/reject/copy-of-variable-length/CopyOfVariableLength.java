import java.util.Arrays;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class CopyOfVariableLength {

  @Struct
  static final class Table {
    final int[] numbers = new int[4];
    int length;
  }

  @Syscall
  static int copies(Table table) {
    int[] copy = Arrays.copyOf(table.numbers, table.length);
    return copy[0];
  }
}
