package org.bpf4j.sim;

import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.ListScope;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.handle.TestInput;
import org.bpf4j.handle.TestRun;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.lang.Host;
import org.bpf4j.lang.host.Scalar;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramParameters;
import org.bpf4j.object.ProgramResult;
import org.jspecify.annotations.Nullable;

/// A program of a class that runs as Java.
record JavaProgram(JavaObject object, String name, ProgramKind kind, Method method)
    implements LoadedProgram, Attachments.Attached {

  @Override
  public Link attach(Hook hook) {
    object.shared().requireOpen();
    return object.kernel().attachments.attach(this, hook);
  }

  @Override
  public TestRun run(TestInput input) {
    object.shared().requireOpen();
    return fire(input, new byte[0]);
  }

  @Override
  public InputStream listing(ListScope scope) {
    throw new UnsupportedFeatureException("lists of the kernel, being simulated", null);
  }

  @Override
  public TestRun fire(TestInput input, byte[] metadata) {
    SimulatedKernel kernel = object.kernel();
    return kernel.locked(
        () -> {
          Context context = Context.of(kind, input, metadata, object.shared().memory);
          try {
            return run(context, input.repeat());
          } finally {
            context.close();
            object.shared().reap();
            kernel.ranOrClosed.signalAll();
          }
        });
  }

  private TestRun run(Context context, int repeat) {
    int result = 0;
    long started = System.nanoTime();
    for (int i = 0; i < repeat; i++) {
      result = runOnce(context);
      object.kernel().environment.work();
    }
    Duration duration = Duration.ofNanos((System.nanoTime() - started) / repeat);
    return context.result(result, duration);
  }

  /// Runs the body, and whatever it hands over to.
  private int runOnce(Context context) {
    JavaProgram program = this;
    for (int calls = 0; ; calls++) {
      try {
        return program.runOnce(context, calls);
      } catch (TailCall taken) {
        program = (JavaProgram) taken.program();
      }
    }
  }

  /// Runs the body, and sees to it that its effects are in memory, whether it returned, aborted or
  /// handed over.
  private int runOnce(Context context, int tailCalls) {
    JavaContext seen = object.context(context);
    JavaHost host = object.host(seen, tailCalls);
    object.statics().load();
    int result = 0;
    boolean aborted = false;
    TailCall taken = null;
    try {
      result = number(Host.run(host, () -> call(seen.arguments(method))));
    } catch (UnsatisfiedLinkError e) {
      throw new UnsupportedFeatureException(
          "kernel functions in programs that run as Java: " + e.getMessage(), null);
    } catch (TailCall call) {
      taken = call;
    } catch (RuntimeException | Error e) {
      if (!JavaAborts.is(e)) {
        throw e;
      }
      result = kind.abortValue();
      aborted = true;
    } finally {
      aborted |= !host.flush();
      aborted |= !object.statics().store();
      aborted |= !seen.giveBack();
    }
    if (host.discardReserved() > 0 && !aborted) {
      throw new IllegalStateException("program `" + name + "` returned with a record reserved");
    }
    if (taken != null && !aborted) {
      throw taken;
    }
    return aborted || !isAllowed(result) ? kind.abortValue() : result;
  }

  /// The end of a list is no item, unless the program wants to know of it.
  private @Nullable Object call(@Nullable Object[] arguments) {
    boolean end =
        kind.parameters() instanceof ProgramParameters.Item
            && IntStream.range(0, arguments.length)
                .anyMatch(i -> arguments[i] == null && !isNullable(method.getParameters()[i]));
    return end ? null : JavaReflection.call(method, arguments);
  }

  private static boolean isNullable(Parameter parameter) {
    return Stream.of(parameter.getAnnotations(), parameter.getAnnotatedType().getAnnotations())
        .flatMap(Stream::of)
        .anyMatch(annotation -> annotation.annotationType().getSimpleName().equals("Nullable"));
  }

  private boolean isAllowed(int result) {
    return !(kind.result() instanceof ProgramResult.Number(int least, int greatest))
        || result >= least && result <= greatest;
  }

  private int number(@Nullable Object result) {
    return result == null ? kind.nothing() : (int) Scalar.toNumber(result);
  }
}
