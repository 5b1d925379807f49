package org.bpf4j.sim;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.bpf4j.object.Helper;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.vm.KernelCall;
import org.bpf4j.vm.Region;
import org.jspecify.annotations.Nullable;

/// Values that hang on objects of the kernel: a table by the objects' addresses.
final class StorageHelpers {

  static final Map<Helper, HelperBody> BODIES =
      Map.of(
          Helper.GET_LOCAL_STORAGE, StorageHelpers::attached,
          Helper.TASK_STORAGE_GET, StorageHelpers::get,
          Helper.SK_STORAGE_GET, StorageHelpers::get,
          Helper.INODE_STORAGE_GET, StorageHelpers::get,
          Helper.CGRP_STORAGE_GET, StorageHelpers::get,
          Helper.TASK_STORAGE_DELETE, StorageHelpers::delete,
          Helper.SK_STORAGE_DELETE, StorageHelpers::delete,
          Helper.INODE_STORAGE_DELETE, StorageHelpers::delete,
          Helper.CGRP_STORAGE_DELETE, StorageHelpers::delete);

  /// `BPF_LOCAL_STORAGE_GET_F_CREATE`.
  static final long CREATE = 1;

  /// More objects than a test has.
  private static final int OBJECTS = 1 << 20;

  private StorageHelpers() {}

  /// The table behind a storage.
  static MapDefinition byAddress(MapDefinition storage) {
    return new MapDefinition(
        storage.name(),
        storage.kind(),
        Long.BYTES,
        storage.valueSize(),
        OBJECTS,
        storage.flags(),
        0,
        storage.valueType());
  }

  /// The key of an object.
  static byte[] key(long address) {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(address).array();
  }

  /// The value of an object, or null.
  static Region @Nullable [] find(KeyedMap map, long owner, boolean create) {
    Region[] found = map.find(key(owner), true);
    if (found == null && create && owner != 0) {
      map.update(key(owner), KeyedMap.IF_ABSENT, _ -> {});
      found = map.find(key(owner), true);
    }
    return found;
  }

  /// The value of the control group that stands for the one a program is attached to: that of the
  /// current task.
  static Region attached(KeyedMap map, Environment environment) {
    Region[] found = find(map, environment.task.cgroupId(), true);
    if (found == null) {
      throw new IllegalStateException("the task is in no control group");
    }
    return found[found.length == 1 ? 0 : environment.cpu];
  }

  private static long attached(Run run, KernelCall call) {
    return attached(run.keyedMap(call.argument(1)), run.environment).address();
  }

  private static long get(Run run, KernelCall call) {
    boolean create = (call.argument(4) & CREATE) != 0;
    Region[] found = find(run.keyedMap(call.argument(1)), call.argument(2), create);
    return found == null ? 0 : found[0].address();
  }

  private static long delete(Run run, KernelCall call) {
    return run.keyedMap(call.argument(1)).delete(key(call.argument(2)));
  }
}
