package org.bpf4j.sim;

import java.io.InputStream;
import java.time.Duration;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.ListScope;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.handle.TestInput;
import org.bpf4j.handle.TestRun;
import org.bpf4j.isa.InsnIndex;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.vm.Machine;
import org.bpf4j.vm.Outcome;

/// A program of a loaded object.
record SimulatedProgram(SimulatedObject object, String name, ProgramKind kind, Linker.Linked linked)
    implements LoadedProgram, Attachments.Attached {

  private static final Machine MACHINE = Machine.interpreter();

  @Override
  public Link attach(Hook hook) {
    object.requireOpen();
    return object.kernel.attachments.attach(this, hook);
  }

  @Override
  public TestRun run(TestInput input) {
    object.requireOpen();
    return fire(input, new byte[0]);
  }

  @Override
  public InputStream listing(ListScope scope) {
    throw new UnsupportedFeatureException("lists of the kernel, being simulated", null);
  }

  @Override
  public TestRun fire(TestInput input, byte[] metadata) {
    SimulatedKernel kernel = object.kernel;
    return kernel.locked(
        () -> {
          Context context = Context.of(kind, input, metadata, object.memory);
          try {
            return run(context, input.repeat());
          } finally {
            context.close();
            object.reap();
            kernel.ranOrClosed.signalAll();
          }
        });
  }

  private TestRun run(Context context, int repeat) {
    long result = 0;
    long started = System.nanoTime();
    for (int i = 0; i < repeat; i++) {
      result = runOnce(context);
      object.kernel.environment.work();
    }
    Duration duration = Duration.ofNanos((System.nanoTime() - started) / repeat);
    return context.result((int) result, duration);
  }

  /// Runs it, and whatever it hands over to.
  private long runOnce(Context context) {
    Run run = new Run(object, context);
    SimulatedProgram program = this;
    while (true) {
      try {
        return program.runOnce(context, run);
      } catch (TailCall taken) {
        program = (SimulatedProgram) taken.program();
      }
    }
  }

  private long runOnce(Context context, Run run) {
    Outcome outcome = MACHINE.run(linked.code(), object.memory, run, context.address());
    return switch (outcome) {
      case Outcome.Returned(long r0) when run.reservations() == 0 && !run.holdsLock() -> r0;
      case Outcome.Returned _ -> {
        String message =
            run.holdsLock()
                ? "returned with a lock held"
                : "returned with " + run.reservations() + " ring records reserved";
        yield fail(
            message,
            new Outcome.Fault(
                Outcome.Kind.LEAK, new InsnIndex(linked.code().slots() - 1), message));
      }
      case Outcome.Fault fault -> fail(message(fault.message(), fault.at()), fault);
      case Outcome.BudgetExhausted out ->
          fail(message("executed " + out.budget() + " instructions", out.at()), out);
    };
  }

  private long fail(String message, Outcome outcome) {
    throw new ProgramFaultException("program `" + name + "`: " + message, outcome);
  }

  private String message(String what, InsnIndex at) {
    String where =
        linked
            .line(at)
            .map(line -> " at " + line.file() + ":" + line.line() + ": " + line.text().strip())
            .orElse("");
    return what + ", instruction " + at.value() + where;
  }
}
