package org.bpf4j.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.bpf4j.object.Helper;
import org.bpf4j.vm.KernelCall;

/// Helpers about the current task that take a map.
///
/// A control group's number is that of its folder's inode, as in the kernel. The simulation has no
/// call stacks, so that keeping one fails with `EFAULT`, as for a task without a user's stack.
final class TaskHelpers {

  static final Map<Helper, HelperBody> BODIES =
      Map.of(
          Helper.CURRENT_TASK_UNDER_CGROUP,
          TaskHelpers::isUnder,
          Helper.GET_STACKID,
          (_, _) -> -Errno.EFAULT);

  private TaskHelpers() {}

  private static long isUnder(Run run, KernelCall call) {
    ObjectMap map = run.objectMap(call.argument(1));
    return isUnder(run.environment, map, (int) call.argument(2));
  }

  /// 1 or 0, or `-EAGAIN` if the slot is empty.
  static int isUnder(Environment environment, ObjectMap map, int index) {
    if (!(map.at(index) instanceof Path folder)) {
      return -Errno.EAGAIN;
    }
    try (Stream<Path> below = Files.walk(folder)) {
      return below
              .filter(Files::isDirectory)
              .anyMatch(path -> number(path) == environment.task.cgroupId())
          ? 1
          : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long number(Path folder) {
    try {
      return (long) Files.getAttribute(folder, "unix:ino");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
