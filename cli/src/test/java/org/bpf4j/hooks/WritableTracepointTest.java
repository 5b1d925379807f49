package org.bpf4j.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.TestInput;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.object.ProgramKind;
import org.junit.jupiter.api.Test;

/// The tracepoint `bpf_test_finish` lets programs change the error that a test run ends with; here
/// only that of this process.
class WritableTracepointTest {

  @Test
  @Fires(ProgramKind.RAW_TRACEPOINT_WRITABLE)
  void argumentIsChanged() throws Exception {
    int own = Math.toIntExact(ProcessHandle.current().pid());
    try (LiveCase writable = LiveCase.load("tracing/writable-argument");
        LiveCase other = LiveCase.load("tc/class")) {
      writable.set("process", own);
      Runnable run = () -> other.object().program("sort").run(TestInput.packet(new byte[64]));
      run.run();
      Link link = writable.attach("finish", new Hook.RawTracepoint("bpf_test_finish"));
      assertThatThrownBy(run::run).isInstanceOf(BpfException.class).hasMessageContaining("E2BIG");
      assertThat(writable.number("seen")).isOne();
      assertThat(writable.number("before")).isZero();
      link.close();
      run.run();
      assertThatThrownBy(() -> writable.attach("table", new Hook.RawTracepoint("bpf_test_finish")))
          .as("more than the four bytes that may be written")
          .isInstanceOf(BpfException.class);
    }
  }
}
