package org.bpf4j.sim;

import java.time.Duration;
import org.bpf4j.handle.TestInput;
import org.bpf4j.handle.TestRun;
import org.bpf4j.vm.Memory;
import org.bpf4j.vm.Region;
import org.bpf4j.vm.Region.Access;

/// A context whose fields are just its bytes: of tracing programs, which may only read it, and of
/// syscall programs, which hand it back.
record PlainContext(Memory memory, Region region, boolean returned) implements Context {

  /// Twelve arguments of 8 bytes (`MAX_BPF_FUNC_ARGS`).
  static final int RAW_TRACEPOINT_BYTES = 12 * Long.BYTES;

  /// The greatest context of a syscall program (`U16_MAX`).
  private static final int MAX_BYTES = 0xffff;

  static PlainContext of(TestInput input, int sizeIfEmpty, boolean writable, Memory memory) {
    Context.require(input.data().length == 0, "this kind of program takes no packet");
    byte[] given = input.context();
    Context.require(given.length <= MAX_BYTES, "a context has at most " + MAX_BYTES + " bytes");
    byte[] bytes = given.length == 0 ? new byte[sizeIfEmpty] : given;
    Access access = writable ? Access.READ_WRITE : Access.READ;
    return new PlainContext(
        memory, memory.add("context", bytes, 0, bytes.length, access), writable);
  }

  @Override
  public long address() {
    return region.address();
  }

  @Override
  public TestRun result(int returnValue, Duration duration) {
    byte[] context = returned ? region.bytes() : new byte[0];
    return new TestRun(returnValue, new byte[0], context, duration);
  }

  @Override
  public void close() {
    memory.remove(region);
  }
}
