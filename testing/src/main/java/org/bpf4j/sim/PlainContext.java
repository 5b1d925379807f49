package org.bpf4j.sim;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bpf4j.handle.TestInput;
import org.bpf4j.handle.TestRun;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramParameters;
import org.bpf4j.vm.Memory;
import org.bpf4j.vm.Region;
import org.bpf4j.vm.Region.Access;

/// A context whose fields are just its bytes: of tracing programs, which may only read it, and of
/// syscall programs, which hand it back.
record PlainContext(ProgramKind kind, Memory memory, Region region, List<Region> behind)
    implements Context {

  /// Twelve arguments of 8 bytes (`MAX_BPF_FUNC_ARGS`).
  static final int ARGUMENT_BYTES = 12 * Long.BYTES;

  /// More than `struct bpf_iter_meta` has, which the first word of an iterator's context points to.
  private static final int META_BYTES = 64;

  /// The greatest context of a syscall program (`U16_MAX`).
  private static final int MAX_BYTES = 0xffff;

  static PlainContext of(ProgramKind kind, TestInput input, int sizeIfEmpty, Memory memory) {
    Context.require(input.data().length == 0, "this kind of program takes no packet");
    byte[] given = input.context();
    Context.require(given.length <= MAX_BYTES, "a context has at most " + MAX_BYTES + " bytes");
    byte[] bytes = given.length == 0 ? new byte[sizeIfEmpty] : given;
    Access access =
        kind.parameters() instanceof ProgramParameters.Struct ? Access.READ_WRITE : Access.READ;
    List<Region> behind = new ArrayList<>();
    if (kind.parameters() instanceof ProgramParameters.Item && bytes.length >= Long.BYTES) {
      bytes = bytes.clone();
      Region meta = memory.add("iterator", new byte[META_BYTES], 0, META_BYTES, Access.READ);
      behind.add(meta);
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, meta.address());
    }
    if (kind.parameters() instanceof ProgramParameters.Buffer) {
      Region buffer = memory.add("argument", bytes.clone(), 0, bytes.length, Access.READ_WRITE);
      behind.add(buffer);
      bytes =
          ByteBuffer.allocate(ARGUMENT_BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(0, buffer.address())
              .array();
    }
    Region region = memory.add("context", bytes, 0, bytes.length, access);
    return new PlainContext(kind, memory, region, List.copyOf(behind));
  }

  /// Where a parameter's value is, if parameters are words.
  ///
  /// @param count the number of parameters
  int parameter(int index, int count) {
    return switch (kind.parameters()) {
      case ProgramParameters.Registers(ProgramParameters.RegisterUse use) ->
          PtRegs.parameter(use, index);
      case ProgramParameters.Probe _ -> PtRegs.argument(index);
      case ProgramParameters.Arguments(boolean result) when result && index == count - 1 ->
          region.size() - Long.BYTES;
      case ProgramParameters.Arguments _,
          ProgramParameters.Item _,
          ProgramParameters.Buffer _,
          ProgramParameters.Function _,
          ProgramParameters.Context _,
          ProgramParameters.Fields _,
          ProgramParameters.Struct _ ->
          index * Long.BYTES;
    };
  }

  @Override
  public long address() {
    return region.address();
  }

  /// The bytes of the struct that programs may change.
  byte[] struct() {
    return kind.parameters() instanceof ProgramParameters.Buffer
        ? behind.getFirst().bytes()
        : region.bytes();
  }

  @Override
  public TestRun result(int returnValue, Duration duration) {
    boolean changed =
        kind.parameters() instanceof ProgramParameters.Struct
            || kind.parameters() instanceof ProgramParameters.Buffer;
    byte[] context = changed ? struct() : new byte[0];
    return new TestRun(returnValue, new byte[0], context, duration);
  }

  @Override
  public void close() {
    memory.remove(region);
    behind.forEach(memory::remove);
  }
}
