package org.bpf4j.examples.guest;

import static org.bpf4j.examples.guest.Check.expect;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpf4j.examples.tracing.WalksBpf;

/// What is read behind pointers that the kernel's verifier knows the type of, and behind others.
public final class WalkChecks {

  static final List<Check> ALL =
      List.of(new Check("pointers are followed by what the kernel knows", WalkChecks::exec));

  private WalkChecks() {}

  /// Starts a process and compares what a program saw of it with what user space knows.
  public static String exec() throws Exception {
    try (var bpf = WalksBpf.configure().process(Check.process()).load();
        var _ = bpf.attachAll()) {
      Path file = Path.of("/bin/true").toRealPath();
      long inode = ((Number) Files.getAttribute(file, "unix:ino")).longValue();
      Process child = new ProcessBuilder(file.toString()).start();
      child.waitFor();
      expect(child.pid(), bpf.child(), "child");
      expect(inode, bpf.executable(), "inode of the executable");
      expect(inode, bpf.given(), "inode of the file");
      expect(inode, bpf.byAddress(), "inode by a mere address");
      if (!bpf.ran() || bpf.ancestors() < 1 || bpf.oldest() > 1) {
        throw new IllegalStateException(bpf.ancestors() + " ancestors, then " + bpf.oldest());
      }
      return bpf.ancestors() + " ancestors";
    }
  }
}
