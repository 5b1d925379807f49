import org.bpf4j.lang.*;

@Bpf(license = "GPL")
public final class RecordHeldAtATailCall {
  enum Stage {
    NEXT
  }

  @Struct
  static final class Event {
    int value;
  }

  static final ProgramArray<Stage> stages = ProgramArray.create();
  static final RingBuffer<Event> events = RingBuffer.ofBytes(4096);

  @Xdp
  static XdpAction program() {
    Event event = events.reserve();
    if (event == null) {
      return XdpAction.PASS;
    }
    stages.call(Stage.NEXT);
    events.submit(event);
    return XdpAction.PASS;
  }

  @Xdp(stage = "NEXT")
  static XdpAction next() {
    return XdpAction.PASS;
  }
}
