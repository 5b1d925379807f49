package org.bpf4j.examples.kernel;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Kfunc;
import org.bpf4j.lang.S32;
import org.bpf4j.lang.Sized;
import org.bpf4j.lang.SockTuple4;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.U8;
import org.bpf4j.lang.Xdp;
import org.bpf4j.lang.XdpAction;
import org.bpf4j.lang.XdpContext;
import org.jspecify.annotations.Nullable;

/// Asks the module that tracks connections for one, by its own function.
@Bpf(license = "GPL")
public final class Connections {

  private Connections() {}

  @KernelStruct("nf_conn")
  interface Connection {}

  /// `struct bpf_ct_opts`.
  @Struct
  static final class Options {
    @S32 int namespace;
    @S32 int error;
    @U8 int protocol;
    @U8 int direction;
    short reserved;
  }

  @Kfunc(value = "bpf_xdp_ct_lookup", releasedBy = "bpf_ct_release", since = "5.18")
  static native @Nullable Connection lookup(
      XdpContext context, @Sized SockTuple4 tuple, @Sized Options options);

  @Kfunc(value = "bpf_ct_release", releases = true, since = "5.18")
  static native void release(Connection connection);

  static int error;
  static int runs;

  @Xdp
  static XdpAction look(XdpContext context) {
    Options options = new Options();
    options.namespace = -1;
    options.protocol = 17;
    Connection connection = lookup(context, new SockTuple4(), options);
    if (connection != null) {
      release(connection);
    }
    error = options.error;
    runs++;
    return XdpAction.PASS;
  }
}
