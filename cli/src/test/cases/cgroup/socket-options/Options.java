import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.CgroupAction;
import org.bpf4j.lang.CgroupGetsockopt;
import org.bpf4j.lang.CgroupSetsockopt;
import org.bpf4j.lang.GetsockoptContext;
import org.bpf4j.lang.Header;
import org.bpf4j.lang.SetsockoptContext;
import org.bpf4j.lang.U32;

@Bpf(license = "GPL")
public final class Options {

  static final int SOL_SOCKET = 1;
  static final int SO_SNDBUF = 7;
  static final int SO_MARK = 36;

  @Header(bytes = 4)
  interface Number {
    @U32
    int value();

    void value(int value);
  }

  @CgroupGetsockopt
  static CgroupAction get(GetsockoptContext context) {
    if (context.level() != SOL_SOCKET || context.option() != SO_SNDBUF) {
      return CgroupAction.ALLOW;
    }
    Number number = context.header(Number.class, 0);
    if (number == null) {
      return CgroupAction.DENY;
    }
    number.value(number.value() / 2);
    context.result(0);
    return CgroupAction.ALLOW;
  }

  @CgroupSetsockopt
  static CgroupAction set(SetsockoptContext context) {
    if (context.level() != SOL_SOCKET) {
      return CgroupAction.ALLOW;
    }
    if (context.option() == SO_MARK) {
      context.valueBytes(-1);
      return CgroupAction.ALLOW;
    }
    Number number = context.header(Number.class, 0);
    if (number != null && number.value() > 0x10000) {
      number.value(0x10000);
      context.option(SO_SNDBUF);
    }
    return CgroupAction.ALLOW;
  }
}
