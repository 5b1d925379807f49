package org.bpf4j.examples.guest;

import static org.bpf4j.examples.guest.Check.expect;

import java.io.RandomAccessFile;
import java.util.List;
import org.bpf4j.examples.connect.ConnectCounterBpf;
import org.bpf4j.examples.tracing.ProbesBpf;

/// Probes of kernel functions and system calls.
final class ProbeChecks {

  static final List<Check> ALL =
      List.of(
          new Check("kprobe with typed parameters", ProbeChecks::kprobe),
          new Check("kretprobe sees results", ProbeChecks::kretprobe),
          new Check("ksyscall and kretsyscall", ProbeChecks::systemCall));

  private ProbeChecks() {}

  private static String kprobe() throws Exception {
    int process = Check.process();
    try (var bpf = ConnectCounterBpf.configure().onlyProcess(process).load();
        var _ = bpf.attachAll()) {
      for (int i = 0; i < 3; i++) {
        Connections.refused();
      }
      expect(3, bpf.total(), "connections");
      expect(3, bpf.connects().getOrThrow(process), "connections of this process");
      expect(2, bpf.lastFamily(), "address family");
    }
    return "3 connections seen";
  }

  private static String kretprobe() throws Exception {
    try (var bpf = ProbesBpf.configure().process(Check.process()).load()) {
      bpf.connectDone().attach();
      Connections.refused();
      Connections.refused();
      expect(2, bpf.returns(), "returns");
      expect(0, bpf.result(), "result of a connection that is not refused yet");
    }
    return "2 returns seen";
  }

  private static String systemCall() throws Exception {
    try (var bpf = ProbesBpf.configure().process(Check.process()).load();
        RandomAccessFile file = new RandomAccessFile("/proc/self/exe", "r")) {
      bpf.seek().attach();
      bpf.seekDone().attach();
      file.seek(4711);
      expect(1, bpf.seeks(), "calls");
      expect(4711, bpf.offset(), "offset");
      expect(0, bpf.whence(), "whence");
      expect(1, bpf.seekReturns(), "returns");
      expect(4711, bpf.position(), "position");
    }
    return "lseek(…, 4711, 0) = 4711";
  }
}
