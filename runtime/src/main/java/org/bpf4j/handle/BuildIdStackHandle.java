package org.bpf4j.handle;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bpf4j.handle.StackFrame.Address;
import org.bpf4j.handle.StackFrame.InFile;

/// Call stacks as user space sees them, of a map that keeps them as places in files.
///
/// @param map the map as bytes
public record BuildIdStackHandle(LoadedMap map) {

  /// `struct bpf_stack_build_id`: the status, 20 bytes of build id, and at 24 the offset or
  /// address.
  private static final int FRAME_BYTES = 32;

  private static final int BUILD_ID_AT = 4;
  private static final int BUILD_ID_BYTES = 20;
  private static final int OFFSET_AT = 24;

  /// `BPF_STACK_BUILD_ID_EMPTY`, `BPF_STACK_BUILD_ID_VALID`.
  private static final int EMPTY = 0;

  private static final int VALID = 1;

  /// A stack, the innermost function first; empty if there is no such stack.
  ///
  /// @param id the number that the program got
  public List<StackFrame> frames(int id) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(map.valueBytes(), Long.BYTES);
      List<StackFrame> frames = new ArrayList<>();
      if (id >= 0 && map.lookup(arena.allocateFrom(ValueLayout.JAVA_INT, id), value)) {
        for (long at = 0; at < map.valueBytes(); at += FRAME_BYTES) {
          MemorySegment frame = value.asSlice(at, FRAME_BYTES);
          if (frame.get(ValueLayout.JAVA_INT, 0) == EMPTY) {
            break;
          }
          frames.add(frame(frame));
        }
      }
      return frames;
    }
  }

  private static StackFrame frame(MemorySegment frame) {
    long place = frame.get(ValueLayout.JAVA_LONG, OFFSET_AT);
    if (frame.get(ValueLayout.JAVA_INT, 0) != VALID) {
      return new Address(place);
    }
    byte[] id = frame.asSlice(BUILD_ID_AT, BUILD_ID_BYTES).toArray(ValueLayout.JAVA_BYTE);
    return new InFile(HexFormat.of().formatHex(id), place);
  }

  /// Forgets a stack.
  ///
  /// @return whether there was one
  public boolean remove(int id) {
    try (Arena arena = Arena.ofConfined()) {
      return map.delete(arena.allocateFrom(ValueLayout.JAVA_INT, id));
    }
  }
}
