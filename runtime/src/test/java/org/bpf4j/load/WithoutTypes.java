package org.bpf4j.load;

import java.nio.file.Path;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.TestInput;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.kernel.Kernel;

/// Loads what needs the kernel's types and what does not, in a process that does not see them;
/// prints a line for each.
public final class WithoutTypes {

  private WithoutTypes() {}

  private interface Attempt {
    Object run();
  }

  /// @param args a file with types in which `task_struct` is
  public static void main(String[] args) {
    attempt("plain", () -> load("xdp", "r0 = 2\nexit"));
    attempt("tracepoint", () -> load("tracepoint/syscalls/sys_enter_execve", "r0 = 0\nexit"));
    attempt("bound", () -> load("fentry/tcp_v4_connect", "r0 = 0\nexit"));
    attempt("relocated", () -> ask(Kernel.local()));
    attempt("given", () -> ask(Kernel.local(Path.of(args[0]))));
  }

  private static int ask(Kernel kernel) {
    try (LoadedObject object = kernel.load(GivenTypesTest.asking().request())) {
      return object.program("ask").run(TestInput.context(new byte[0])).returnValue();
    }
  }

  private static Object load(String section, String lines) {
    try (LoadedObject object = new ObjectText().program(section, "program", lines).load()) {
      return section.equals("xdp")
          ? object.program("program").run(TestInput.packet(new byte[64])).returnValue()
          : "done";
    }
  }

  private static void attempt(String name, Attempt attempt) {
    try {
      IO.println(name + ": " + attempt.run());
    } catch (BpfException e) {
      IO.println(name + ": " + e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }
}
