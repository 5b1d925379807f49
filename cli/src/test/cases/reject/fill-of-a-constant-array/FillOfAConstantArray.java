import java.util.Arrays;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class FillOfAConstantArray {

  @Struct
  static final class Table {
    int length;
  }

  static final int[] constant = {1, 2};

  @Syscall
  static int fills(Table table) {
    Arrays.fill(constant, table.length);
    return constant[0];
  }
}
