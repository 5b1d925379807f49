package org.bpf4j.sim;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import org.bpf4j.handle.TestInput;
import org.bpf4j.handle.TestRun;
import org.bpf4j.vm.ContextFields;
import org.bpf4j.vm.Memory;
import org.bpf4j.vm.Region;
import org.bpf4j.vm.Region.Access;

/// The context of a program that dissects flows: a frame, and the keys that the program fills in.
final class FlowContext extends PacketContext implements ContextFields {

  private static final int SK_BUFF_DATA = 76;
  private static final int SK_BUFF_DATA_END = 80;
  private static final int SK_BUFF_FLOW_KEYS = 144;

  /// `sizeof(struct bpf_flow_keys)`, and offsets in it.
  private static final int KEYS_BYTES = 56;

  private static final int NETWORK_OFFSET = 0;
  private static final int TRANSPORT_OFFSET = 2;
  private static final int NETWORK_PROTOCOL = 10;

  private final Region context;
  private final Region keys;

  private FlowContext(Memory memory, byte[] frame) {
    super(memory, frame, 0, 0, frame.length);
    context = memory.addContext("context", new byte[SimulatedKernel.SK_BUFF_BYTES], this);
    byte[] bytes = new byte[KEYS_BYTES];
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(NETWORK_OFFSET, (short) MIN_BYTES)
        .putShort(TRANSPORT_OFFSET, (short) MIN_BYTES)
        .put(NETWORK_PROTOCOL, frame, MIN_BYTES - 2, 2);
    keys = memory.add("flow keys", bytes, 0, KEYS_BYTES, Access.READ_WRITE);
  }

  static FlowContext of(TestInput input, Memory memory) {
    Context.require(input.data().length >= MIN_BYTES, "a packet has at least an Ethernet header");
    Context.require(input.context().length == 0, "flags of a dissection are not simulated");
    return new FlowContext(memory, input.data());
  }

  @Override
  public long address() {
    return context.address();
  }

  /// The address of the keys.
  long keys() {
    return keys.address();
  }

  @Override
  int meta() {
    return data;
  }

  @Override
  public long load(int offset, int size, long stored) {
    return switch (offset) {
      case SK_BUFF_DATA -> pointer(data);
      case SK_BUFF_DATA_END -> pointer(end);
      case SK_BUFF_FLOW_KEYS -> keys.address();
      default -> stored;
    };
  }

  @Override
  public boolean writable(int offset, int size) {
    return false;
  }

  /// The keys, with offsets that lie in the frame (`bpf_flow_dissect`).
  @Override
  public TestRun result(int returnValue, Duration duration) {
    ByteBuffer found = ByteBuffer.wrap(keys.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    int network = clamp(found.getShort(NETWORK_OFFSET), MIN_BYTES, end);
    found.putShort(NETWORK_OFFSET, (short) network);
    int transport = clamp(found.getShort(TRANSPORT_OFFSET), network, end);
    found.putShort(TRANSPORT_OFFSET, (short) transport);
    return new TestRun(returnValue, keys.bytes(), new byte[0], duration);
  }

  private static int clamp(short offset, int least, int greatest) {
    return Math.min(Math.max(Short.toUnsignedInt(offset), least), greatest);
  }

  @Override
  public void close() {
    super.close();
    memory.remove(context);
    memory.remove(keys);
  }
}
