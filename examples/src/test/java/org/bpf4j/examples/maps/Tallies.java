package org.bpf4j.examples.maps;

import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Be16;
import org.bpf4j.lang.Be32;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArray;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.MapFlag;
import org.bpf4j.lang.MapFlags;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.U32;

/// Structs that user space reads and writes where they lie.
@Bpf(license = "GPL")
public final class Tallies {

  enum Color {
    RED,
    GREEN
  }

  record Flow(@Be32 int source, @Be16 int port) {}

  @Struct
  static final class Point {
    short x;
    short y;
  }

  /// A field of each shape.
  @Struct
  static final class Tally {
    @U32 long packets;
    final AtomicLong bytes = new AtomicLong();
    final Point at = new Point();
    final int[] sizes = new int[4];
    final BpfString name = BpfString.ofSize(16);
    boolean seen;
    Color color = Color.RED;
  }

  static final BpfHashMap<Flow, Tally> flows = BpfHashMap.create(16);

  @MapFlags(MapFlag.MMAPABLE)
  static final BpfArray<Tally> slots = BpfArray.create(4);

  private Tallies() {}

  /// Counts one packet of the flow 1.2.3.4:80, and in slot 2.
  @Syscall
  static int count() {
    Tally slot = slots.get(2);
    slot.bytes.addAndGet(5);
    slot.packets++;
    Tally tally = flows.get(new Flow(0x01020304, 80));
    if (tally == null) {
      return -1;
    }
    tally.packets++;
    tally.at.y += 3;
    tally.sizes[3] += 7;
    tally.color = Color.GREEN;
    return (int) tally.packets;
  }
}
