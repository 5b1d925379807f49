import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class EnumConstantWithABody {

  enum Operation {
    PLUS {
      @Override
      int apply(int a, int b) {
        return a + b;
      }
    },
    MINUS {
      @Override
      int apply(int a, int b) {
        return a - b;
      }
    };

    abstract int apply(int a, int b);
  }

  @Struct
  static final class Args {
    int a;
    Operation operation;
  }

  @Syscall
  static int run(Args args) {
    return args.operation.apply(args.a, 2);
  }
}
