package org.bpf4j.examples.tracing;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.Config;
import org.bpf4j.lang.Fentry;
import org.bpf4j.lang.Fexit;
import org.bpf4j.lang.Field;
import org.bpf4j.lang.FmodRet;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Lsm;

/// Counts what one process does, at functions and security hooks of the kernel, and denies it one
/// thing.
@Bpf(license = "GPL")
public final class KernelFunctions {

  /// `EACCES`.
  private static final int EACCES = 13;

  @KernelStruct
  interface Sock {
    @Field("__sk_common.skc_family")
    short family();
  }

  @KernelStruct
  interface Sockaddr {
    short saFamily();
  }

  @KernelStruct
  interface Socket {
    Sock sk();
  }

  @Config static int process = -1;
  @Config static int deniedBacklog = -1;
  @Config static int refusedBacklog = -1;

  static long connects;
  static int family;
  static long connected;
  static int error;
  static long listens;
  static int lastBacklog;

  @Fentry("tcp_v4_connect")
  static void connect(Sock sk, Sockaddr address, int length) {
    if (mine()) {
      connects++;
      family = address.saFamily();
    }
  }

  @Fexit("tcp_v4_connect")
  static void connectDone(Sock sk, Sockaddr address, int length, int result) {
    if (mine()) {
      connected++;
      error = result;
    }
  }

  @Lsm("socket_listen")
  static int listen(Socket socket, int backlog) {
    if (!mine()) {
      return 0;
    }
    listens++;
    lastBacklog = backlog;
    return backlog == deniedBacklog ? -EACCES : backlog == refusedBacklog ? 1 : 0;
  }

  @FmodRet("security_socket_shutdown")
  static int shutdown(Socket socket, int how, int before) {
    return mine() && how == 0 ? -EACCES : before;
  }

  private static boolean mine() {
    return (int) (Helpers.getCurrentPidTgid() >>> 32) == process;
  }

  private KernelFunctions() {}
}
