import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

@Bpf(license = "GPL")
public final class ProgramTooLarge {

  @Struct
  static final class Work {
    long number;
  }

  private static void a(Work work) {
    work.number = 1_000_000 / (work.number & 0xff);
  }

  private static void b(Work work) {
    a(work);
    a(work);
    a(work);
    a(work);
    a(work);
    a(work);
    a(work);
    a(work);
  }

  private static void c(Work work) {
    b(work);
    b(work);
    b(work);
    b(work);
    b(work);
    b(work);
    b(work);
    b(work);
  }

  private static void d(Work work) {
    c(work);
    c(work);
    c(work);
    c(work);
    c(work);
    c(work);
    c(work);
    c(work);
  }

  private static void e(Work work) {
    d(work);
    d(work);
    d(work);
    d(work);
    d(work);
    d(work);
    d(work);
    d(work);
  }

  private static void f(Work work) {
    e(work);
    e(work);
    e(work);
    e(work);
    e(work);
    e(work);
    e(work);
    e(work);
  }

  private static void g(Work work) {
    f(work);
    f(work);
    f(work);
    f(work);
    f(work);
    f(work);
    f(work);
    f(work);
  }

  @Syscall
  static int program(Work work) {
    g(work);
    return 0;
  }
}
