import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class StandardLibrary {

  sealed interface Shape permits Circle {}

  record Circle(int radius) implements Shape {}

  @Struct
  static final class Args {
    int a;
    final int[] numbers = new int[4];
  }

  static <T> T first(T one, T other) {
    return one;
  }

  static int area(Shape shape) {
    return 1;
  }

  @Syscall
  static int program(Args args) {
    long now = System.nanoTime();
    int sum = Arrays.stream(args.numbers).sum();
    List<Integer> list = new ArrayList<>();
    int random = new Random().nextInt(5);
    boolean digit = Character.isDigit('5');
    System.out.println(sum);
    return first(area(new Circle(3)), 4);
  }
}
