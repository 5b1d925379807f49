package org.bpf4j.attach;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.Failure;
import org.bpf4j.sys.Interfaces;

/// The network interfaces of the calling thread's network namespace.
final class NetworkInterfaces {

  private NetworkInterfaces() {}

  /// The index of an interface.
  ///
  /// @throws NoSuchTargetException if there is none of that name
  static int index(String name) {
    long result = Interfaces.index(name);
    if (Errno.ENODEV.is(result)) {
      throw new NoSuchTargetException("network interface \"" + name + "\"", names());
    }
    return Math.toIntExact(Failure.check(result, "index of network interface " + name));
  }

  /// The interfaces that there are, by `/proc`, which follows the thread's namespace.
  static List<String> names() {
    try {
      return Files.readAllLines(Path.of("/proc/thread-self/net/dev")).stream()
          .filter(line -> line.indexOf(':') > 0)
          .map(line -> line.substring(0, line.indexOf(':')).strip())
          .toList();
    } catch (IOException _) {
      return List.of();
    }
  }
}
