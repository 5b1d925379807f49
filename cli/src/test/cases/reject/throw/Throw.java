import org.bpf4j.lang.*;
import org.bpf4j.lang.net.*;

@Bpf(license = "GPL")
public final class Throw {

  static final class OwnException extends RuntimeException {}

  static int count;

  static int next() {
    return ++count;
  }

  @Xdp
  static XdpAction own(XdpContext context) {
    if (context.length() > 100) {
      throw new OwnException();
    }
    return XdpAction.PASS;
  }

  @Xdp
  static XdpAction kept(XdpContext context) {
    IllegalStateException kept = new IllegalStateException();
    throw kept;
  }

  @Xdp
  static XdpAction checked(XdpContext context) throws java.io.IOException {
    throw new java.io.IOException();
  }

  @Xdp
  static XdpAction message(XdpContext context) {
    throw new IllegalStateException("number " + next());
  }
}
