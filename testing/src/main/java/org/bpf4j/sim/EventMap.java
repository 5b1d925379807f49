package org.bpf4j.sim;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.PacketOutput;
import org.bpf4j.vm.Memory;
import org.bpf4j.vm.Region;
import org.jspecify.annotations.Nullable;

/// The perf buffers of the one CPU that the simulation has.
///
/// As in the kernel, a record is refused until somebody has opened the buffers, and lost if there
/// is no room. Records are padded with zeroes, so that length and record end at a multiple of 8.
final class EventMap implements SimulatedMap, RecordQueue {

  /// What a buffer holds, headers included: 64 pages.
  private static final int ROOM = 64 * 4096;

  /// `struct perf_event_header`, and the length of the raw record.
  private static final int HEADER_BYTES = 12;

  /// `BPF_F_CTXLEN_MASK`, `BPF_F_INDEX_MASK`.
  private static final long PACKET_MASK = 0xfffffL << PacketOutput.LENGTH_SHIFT;

  private static final long CPU_MASK = 0xffff_ffffL;

  private final MapDefinition definition;
  private final Region handle;
  private final ArrayDeque<byte[]> records = new ArrayDeque<>();
  private boolean open;
  private int used;
  private long lost;

  EventMap(MapDefinition definition, Memory memory) {
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

  /// Opens the buffers.
  void open() {
    open = true;
  }

  /// Writes a record, and behind it as many bytes of the packet as the upper half of some flags
  /// says.
  ///
  /// @return what [#output(byte\[\])] does; also `-EFAULT` if the packet is shorter, `-EINVAL` if
  ///   the flags say something else
  int output(Context context, byte[] record, long flags) {
    if ((flags & ~(PACKET_MASK | CPU_MASK)) != 0) {
      return -Errno.EINVAL;
    }
    long bytes = (flags & PACKET_MASK) >>> PacketOutput.LENGTH_SHIFT;
    if (bytes == 0) {
      return output(record);
    }
    if (!(context instanceof PacketContext packet)) {
      return -Errno.EINVAL;
    }
    if (bytes > packet.length()) {
      return -Errno.EFAULT;
    }
    byte[] both = Arrays.copyOf(record, record.length + (int) bytes);
    System.arraycopy(packet.buffer, packet.data, both, record.length, (int) bytes);
    return output(both);
  }

  /// Writes a record.
  ///
  /// @return 0, or `-ENOENT` if nobody reads, `-ENOSPC` if there is no room
  int output(byte[] record) {
    if (!open) {
      return -Errno.ENOENT;
    }
    if (used + room(record) > ROOM) {
      lost++;
      return -Errno.ENOSPC;
    }
    used += room(record);
    records.add(Arrays.copyOf(record, room(record) - HEADER_BYTES));
    return 0;
  }

  private static int room(byte[] record) {
    return (HEADER_BYTES + record.length + 7) & ~7;
  }

  @Override
  public byte @Nullable [] take() {
    byte[] record = records.poll();
    used -= record == null ? 0 : record.length + HEADER_BYTES;
    return record;
  }

  @Override
  public boolean isReady() {
    return !records.isEmpty();
  }

  @Override
  public long lost() {
    return lost;
  }
}
