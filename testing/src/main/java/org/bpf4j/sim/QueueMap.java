package org.bpf4j.sim;

import java.util.ArrayDeque;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;
import org.bpf4j.vm.Memory;
import org.bpf4j.vm.Region;
import org.jspecify.annotations.Nullable;

/// A queue or stack of values.
final class QueueMap implements SimulatedMap {

  private final MapDefinition definition;
  private final Region handle;
  private final ArrayDeque<byte[]> values = new ArrayDeque<>();

  QueueMap(MapDefinition definition, Memory memory) {
    SimulatedMap.require(definition.keySize() == 0, definition, "a queue has no keys");
    SimulatedMap.require(definition.valueSize() > 0, definition, "values without bytes");
    SimulatedMap.require(definition.maxEntries() > 0, definition, "max_entries must be positive");
    this.definition = definition;
    handle = SimulatedMap.handle(definition, memory);
  }

  @Override
  public MapDefinition definition() {
    return definition;
  }

  @Override
  public Region handle() {
    return handle;
  }

  /// Adds a value.
  ///
  /// @param flags `BPF_ANY` (0) or [KeyedMap#IF_PRESENT], which lets the oldest make way
  /// @return 0, or `-E2BIG`, `-EINVAL`
  int push(byte[] value, long flags) {
    if (flags != 0 && flags != KeyedMap.IF_PRESENT) {
      return -Errno.EINVAL;
    }
    if (values.size() == definition.maxEntries()) {
      if (flags == 0) {
        return -Errno.E2BIG;
      }
      values.removeFirst();
    }
    values.addLast(value.clone());
    return 0;
  }

  /// The next value, or null.
  ///
  /// @param remove whether it is taken out
  byte @Nullable [] next(boolean remove) {
    boolean stack = definition.kind() == MapKind.STACK;
    if (remove) {
      return stack ? values.pollLast() : values.pollFirst();
    }
    return stack ? values.peekLast() : values.peekFirst();
  }
}
