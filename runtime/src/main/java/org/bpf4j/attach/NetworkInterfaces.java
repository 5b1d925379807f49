package org.bpf4j.attach;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.sys.Errno;
import org.bpf4j.sys.Failure;
import org.bpf4j.sys.Interfaces;
import org.bpf4j.sys.NearNames;

/// The network interfaces of the calling thread's network namespace.
final class NetworkInterfaces {

  /// How many are named where many are.
  private static final int MOST_SHOWN = 20;

  private NetworkInterfaces() {}

  /// The index of an interface.
  ///
  /// @throws NoSuchTargetException if there is none of that name
  static int index(String name) {
    long result = Interfaces.index(name);
    if (Errno.ENODEV.is(result)) {
      throw new NoSuchTargetException("network interface \"" + name + "\"", likely(name));
    }
    return Math.toIntExact(Failure.check(result, "index of network interface " + name));
  }

  /// All there are, those with names like that one first.
  private static List<String> likely(String name) {
    List<String> all = names();
    return Stream.concat(NearNames.of(name, all.stream()).stream(), all.stream())
        .distinct()
        .limit(MOST_SHOWN)
        .toList();
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
