package org.bpf4j.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.bpf4j.handle.Codecs;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.LoadedRing;
import org.bpf4j.handle.RingReader;
import org.bpf4j.kernel.RealKernel;
import org.bpf4j.kernel.RejectedException;
import org.bpf4j.load.Attempts;
import org.bpf4j.load.ObjectText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsTest {

  @TempDir private Path folder = Path.of("");

  private interface Body {
    void run() throws Exception;
  }

  /// The events of a sort that happen while something runs in this thread.
  private List<RecordedEvent> recorded(String name, Body body) throws Exception {
    Path file = folder.resolve("recording.jfr");
    try (Recording recording = new Recording()) {
      recording.enable(name);
      recording.start();
      body.run();
      recording.stop();
      recording.dump(file);
    }
    try {
      return RecordingFile.readAllEvents(file).stream()
          .filter(event -> event.getEventType().getName().equals(name))
          .filter(event -> event.getThread().getJavaThreadId() == Thread.currentThread().threadId())
          .toList();
    } finally {
      Files.delete(file);
    }
  }

  private static LoadedObject load(String lines) {
    return new ObjectText().program("raw_tracepoint/sys_enter", "program", lines).load();
  }

  @Test
  void recordsLoads() throws Exception {
    RealKernel.use();
    List<RecordedEvent> events =
        recorded("org.bpf4j.ProgramLoad", () -> load("r0 = 0 ll\nexit").close());
    assertThat(events).hasSize(1);
    RecordedEvent load = events.getFirst();
    assertThat(load.getString("object")).isEqualTo(ObjectText.class.getName());
    assertThat(load.getString("program")).isEqualTo("program");
    assertThat(load.getString("type")).isEqualTo("RAW_TRACEPOINT");
    assertThat(load.getInt("instructions")).isEqualTo(3);
    assertThat(load.getDuration()).isGreaterThan(Duration.ZERO);
  }

  @Test
  void recordsAttachmentsAndTheirEnds() throws Exception {
    RealKernel.use();
    Hook hook = new Hook.RawTracepoint("sys_enter");
    try (LoadedObject object = load("r0 = 0\nexit")) {
      Body attach = () -> object.program("program").attach(hook).close();
      List<RecordedEvent> begun = recorded("org.bpf4j.Attach", attach);
      assertThat(begun).hasSize(1);
      assertThat(begun.getFirst().getString("program")).isEqualTo("program");
      assertThat(begun.getFirst().getString("hook")).isEqualTo(hook.toString());
      Body twice =
          () -> {
            Link link = object.program("program").attach(hook);
            link.close();
            link.close();
          };
      assertThat(recorded("org.bpf4j.Detach", twice)).hasSize(1);
    }
  }

  @Test
  void recordsErrors() throws Exception {
    RealKernel.use();
    List<RecordedEvent> events =
        recorded(
            "org.bpf4j.Error",
            () ->
                assertThatThrownBy(() -> load("r0 = r5\nexit"))
                    .isInstanceOf(RejectedException.class));
    assertThat(events)
        .anySatisfy(
            event -> {
              assertThat(event.getString("type")).isEqualTo("RejectedException");
              assertThat(event.getString("message")).contains("R5 !read_ok");
            });
  }

  @Test
  void recordsWhatARingLost() throws Exception {
    AtomicLong lost = new AtomicLong();
    LoadedRing ring =
        new LoadedRing() {
          @Override
          public String name() {
            return "drops";
          }

          @Override
          public int consumeInPlace(PlacedConsumer consumer) {
            return 0;
          }

          @Override
          public boolean await(Duration timeout) {
            return false;
          }

          @Override
          public boolean awaitAny(List<? extends LoadedRing> others, Duration timeout) {
            return false;
          }
        };
    RingReader<Long> reader = new RingReader<>(ring, Codecs.LONG, lost::get);
    List<RecordedEvent> events =
        recorded(
            "org.bpf4j.LostRecords",
            () -> {
              reader.consume(_ -> {});
              lost.set(5);
              reader.consume(_ -> {});
              reader.consume(_ -> {});
              lost.set(7);
              reader.consume(_ -> {});
            });
    assertThat(events).extracting(event -> event.getLong("records")).containsExactly(5L, 2L);
    assertThat(events.getFirst().getString("ring")).isEqualTo("drops");
  }

  /// An image without `jdk.jfr`.
  @Test
  void recordsNothingWithoutTheModule() throws Exception {
    RealKernel.use();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--limit-modules", "java.base", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Attempts.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    assertThat(out).contains("map: done", "raw: done");
  }
}
