package org.bpf4j.load;

import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.inspect.KernelInventory;
import org.bpf4j.kernel.BpfException;
import org.bpf4j.object.MapKind;

/// Tries what takes different privileges, in a process that has few; prints a line for each.
public final class Attempts {

  private Attempts() {}

  private interface Attempt {
    void run();
  }

  public static void main(String[] args) {
    attempt("map", () -> new ObjectText().map("table", MapKind.HASH, 4, 8, 16).load().close());
    attempt("xdp", () -> load("xdp", "r0 = 2\nexit").close());
    attempt(
        "tracepoint", () -> load("tracepoint/syscalls/sys_enter_execve", "r0 = 0\nexit").close());
    attempt("leak", () -> load("socket", "r0 = r1\nexit").close());
    attempt("list", KernelInventory::programsAlone);
    attempt("count", () -> KernelInventory.countRuns().close());
    attempt(
        "raw",
        () -> {
          try (LoadedObject object = load("raw_tracepoint/sys_enter", "r0 = 0\nexit");
              Link _ = object.program("program").attach(new Hook.RawTracepoint("sys_enter"))) {
            object.program("program");
          }
        });
  }

  private static LoadedObject load(String section, String lines) {
    return new ObjectText().program(section, "program", lines).load();
  }

  private static void attempt(String name, Attempt attempt) {
    try {
      attempt.run();
      IO.println(name + ": done");
    } catch (BpfException e) {
      IO.println(
          name + ": " + e.getClass().getSimpleName() + ": " + e.getMessage().replace('\n', ' '));
    }
  }
}
