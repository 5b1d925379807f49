package org.bpf4j.sim;

import java.util.HashMap;
import java.util.Map;
import org.bpf4j.object.Helper;
import org.bpf4j.vm.KernelCall;

/// Helpers about sockets, of which a simulated kernel has none of its own: options are set with
/// success, data for another socket go nowhere, and who looks for a socket finds none.
final class SocketHelpers {

  /// `SK_DROP` and `SK_PASS`.
  static final int DROP = 0;

  static final int PASS = 1;

  /// `BPF_F_INGRESS`.
  private static final long INGRESS = 1;

  static final Map<Helper, HelperBody> BODIES = bodies();

  private SocketHelpers() {}

  private static Map<Helper, HelperBody> bodies() {
    Map<Helper, HelperBody> bodies = new HashMap<>();
    bodies.put(Helper.SETSOCKOPT, SocketHelpers::setOption);
    bodies.put(Helper.SK_LOOKUP_TCP, (_, _) -> 0);
    bodies.put(Helper.SK_LOOKUP_UDP, (_, _) -> 0);
    bodies.put(Helper.SKC_LOOKUP_TCP, (_, _) -> 0);
    bodies.put(Helper.SOCK_OPS_CB_FLAGS_SET, (_, _) -> 0);
    bodies.put(Helper.SK_REDIRECT_MAP, SocketHelpers::redirectByIndex);
    bodies.put(Helper.MSG_REDIRECT_MAP, SocketHelpers::redirectByIndex);
    bodies.put(Helper.SK_REDIRECT_HASH, SocketHelpers::redirectByKey);
    bodies.put(Helper.MSG_REDIRECT_HASH, SocketHelpers::redirectByKey);
    bodies.put(Helper.SOCK_MAP_UPDATE, SocketHelpers::update);
    bodies.put(Helper.SOCK_HASH_UPDATE, SocketHelpers::update);
    bodies.put(Helper.SK_SELECT_REUSEPORT, SocketHelpers::select);
    bodies.put(Helper.MSG_APPLY_BYTES, (_, _) -> 0);
    bodies.put(Helper.MSG_CORK_BYTES, (_, _) -> 0);
    bodies.put(Helper.MSG_PULL_DATA, SocketHelpers::pull);
    bodies.put(Helper.MSG_PUSH_DATA, (run, call) -> splice(run, call, false));
    bodies.put(Helper.MSG_POP_DATA, (run, call) -> splice(run, call, true));
    return Map.copyOf(bodies);
  }

  private static long setOption(Run run, KernelCall call) {
    call.memory().read(call.argument(4), (int) call.argument(5));
    return 0;
  }

  private static long redirectByIndex(Run run, KernelCall call) {
    ObjectMap map = run.objectMap(call.argument(2));
    return redirect(map, ObjectMap.key((int) call.argument(3)), call.argument(4));
  }

  private static long redirectByKey(Run run, KernelCall call) {
    ObjectMap map = run.objectMap(call.argument(2));
    return redirect(map, key(map, call), call.argument(4));
  }

  /// The verdict: whether the flags are known and the socket is there.
  static int redirect(ObjectMap map, byte[] key, long flags) {
    return (flags & ~INGRESS) == 0 && map.at(key) != null ? PASS : DROP;
  }

  private static long update(Run run, KernelCall call) {
    ObjectMap map = run.objectMap(call.argument(2));
    return put(map, key(map, call), call.argument(4));
  }

  /// Puts the program's socket in.
  ///
  /// @return 0, or a negated error number
  static int put(ObjectMap map, byte[] key, long flags) {
    boolean present = map.at(key) != null;
    if (flags == KeyedMap.IF_ABSENT && present) {
      return -Errno.EEXIST;
    } else if (flags == KeyedMap.IF_PRESENT && !present) {
      return -Errno.ENOENT;
    }
    return map.put(key, "the program's socket");
  }

  private static long select(Run run, KernelCall call) {
    ObjectMap map = run.objectMap(call.argument(2));
    return map.at(key(map, call)) != null ? 0 : -Errno.ENOENT;
  }

  private static byte[] key(ObjectMap map, KernelCall call) {
    return call.memory().read(call.argument(3), map.definition().keySize());
  }

  private static long pull(Run run, KernelCall call) {
    PacketContext message = run.bytes(call.argument(1));
    long start = call.argument(2) & 0xffff_ffffL;
    long end = call.argument(3) & 0xffff_ffffL;
    message.moved();
    return call.argument(4) != 0 || end <= start || end > message.length() ? -Errno.EINVAL : 0;
  }

  private static long splice(Run run, KernelCall call, boolean removes) {
    StructContext message = run.struct(call.argument(1));
    int start = (int) call.argument(2);
    int bytes = (int) call.argument(3);
    if (call.argument(4) != 0) {
      return -Errno.EINVAL;
    }
    return removes ? message.splice(start, bytes, 0) : message.splice(start, 0, bytes);
  }
}
