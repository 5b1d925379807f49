package org.bpf4j.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// The events and how they are recorded. Names and fields are what recordings are read by, so they
/// stay.
@SuppressWarnings("UnusedVariable") // the recorder reads the fields
final class Recorder {

  private static final String BPF4J = "bpf4j";

  private Recorder() {}

  @Name("org.bpf4j.ProgramLoad")
  @Label("Program Load")
  @Category(BPF4J)
  @Description("A BPF program was verified and loaded")
  private static final class ProgramLoad extends Event {
    @Label("Object")
    private String object = "";

    @Label("Program")
    private String program = "";

    @Label("Type")
    private String type = "";

    @Label("Instructions")
    private int instructions;
  }

  @Name("org.bpf4j.Attach")
  @Label("Attach")
  @Category(BPF4J)
  @Description("A BPF program was attached")
  private static final class Attach extends Event {
    @Label("Program")
    private String program = "";

    @Label("Hook")
    private String hook = "";
  }

  @Name("org.bpf4j.Detach")
  @Label("Detach")
  @Category(BPF4J)
  @Description("A BPF program was detached")
  private static final class Detach extends Event {
    @Label("Hook")
    private String hook = "";
  }

  @Name("org.bpf4j.LostRecords")
  @Label("Lost Records")
  @Category(BPF4J)
  @Description("A ring had no room for records, as its reader noticed")
  @StackTrace(false)
  private static final class LostRecords extends Event {
    @Label("Ring")
    private String ring = "";

    @Label("Records")
    private long records;
  }

  @Name("org.bpf4j.Error")
  @Label("Error")
  @Category(BPF4J)
  @Description("The kernel, or what it was given, refused")
  private static final class Refused extends Event {
    @Label("Type")
    private String type = "";

    @Label("Message")
    private String message = "";
  }

  /// Asked on the way of every record, so it is made once.
  private static final LostRecords LOST = new LostRecords();

  static LoadTiming loading() {
    ProgramLoad event = new ProgramLoad();
    event.begin();
    return (object, program, type, instructions) -> {
      if (event.shouldCommit()) {
        event.object = object;
        event.program = program;
        event.type = type;
        event.instructions = instructions;
        event.commit();
      }
    };
  }

  static AttachTiming attaching() {
    Attach event = new Attach();
    event.begin();
    return (program, hook) -> {
      if (event.shouldCommit()) {
        event.program = program;
        event.hook = hook;
        event.commit();
      }
    };
  }

  static void detached(String hook) {
    Detach event = new Detach();
    if (event.isEnabled()) {
      event.hook = hook;
      event.commit();
    }
  }

  static boolean wantsLost() {
    return LOST.isEnabled();
  }

  static void lost(String ring, long records) {
    LostRecords event = new LostRecords();
    event.ring = ring;
    event.records = records;
    event.commit();
  }

  static void failed(String type, String message) {
    Refused event = new Refused();
    if (event.isEnabled()) {
      event.type = type;
      event.message = message;
      event.commit();
    }
  }
}
