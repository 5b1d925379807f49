package org.bpf4j.sys;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.ListScope;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.handle.TestInput;
import org.bpf4j.handle.TestRun;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.ProgramFamily;
import org.bpf4j.object.ProgramKind;
import org.bpf4j.object.ProgramSection;
import org.bpf4j.object.ProgramType;
import org.jspecify.annotations.Nullable;

/// A program in Linux.
public final class KernelProgram implements LoadedProgram, AutoCloseable {

  private final String name;
  private final ProgramSection section;
  private final ProgramKind kind;
  private final Descriptor descriptor;
  private final Attacher attacher;
  private final Lifetime lifetime;

  /// Takes ownership of a program's descriptor.
  ///
  /// @param section what it was loaded as
  public KernelProgram(
      String name, ProgramSection section, Descriptor descriptor, Attacher attacher) {
    this.name = name;
    this.section = section;
    this.kind = section.kind();
    this.descriptor = descriptor;
    this.attacher = attacher;
    lifetime = new Lifetime("program `" + name + "`", descriptor::close);
  }

  /// The program's descriptor.
  public Descriptor descriptor() {
    return descriptor;
  }

  /// What it was loaded as.
  ProgramSection section() {
    return section;
  }

  /// The descriptor, for as long as a call lasts.
  ///
  /// @throws IllegalStateException if the program is closed
  public <T> T with(Function<Descriptor, T> call) {
    lifetime.enter();
    try {
      return call.apply(descriptor);
    } finally {
      lifetime.leave();
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ProgramKind kind() {
    return kind;
  }

  @Override
  public Link attach(Hook hook) {
    lifetime.enter();
    try {
      if (hook.family() != kind.family()) {
        throw new IllegalArgumentException(
            "program `" + name + "` is of kind " + kind + " and cannot be attached to " + hook);
      }
      return attacher.attach(descriptor, section, name, hook);
    } finally {
      lifetime.leave();
    }
  }

  @Override
  public TestRun run(TestInput input) {
    lifetime.enter();
    try {
      if (!kind.hasTestRun()) {
        throw unsupported(null);
      }
      boolean packets = kind.takesFrames();
      int repeat = packets ? input.repeat() : once(input);
      ProgramRun run = ProgramRun.of(descriptor, input.data(), input.context(), repeat, packets);
      if (Errno.ENOTSUPP.is(run.result())) {
        throw unsupported(
            kind.type() == ProgramType.RAW_TRACEPOINT ? new KernelVersion(5, 10) : null);
      }
      Failure.check(run.result(), "BPF_PROG_TEST_RUN of `" + name + "`");
      return new TestRun(
          run.returnValue(), run.data(), run.context(), Duration.ofNanos(run.nanoseconds()));
    } finally {
      lifetime.leave();
    }
  }

  @Override
  public InputStream listing(ListScope scope) {
    lifetime.enter();
    try {
      if (kind.family() != ProgramFamily.ITER) {
        throw new IllegalArgumentException("program `" + name + "` is of kind " + kind);
      }
      return Listing.open(descriptor, scope);
    } finally {
      lifetime.leave();
    }
  }

  private int once(TestInput input) {
    if (input.repeat() != 1) {
      throw new IllegalArgumentException("a " + kind + " program cannot be repeated in a test run");
    }
    return 0;
  }

  private UnsupportedFeatureException unsupported(@Nullable KernelVersion since) {
    return new UnsupportedFeatureException("test runs of " + kind + " programs", since);
  }

  @Override
  public void pin(Path path) {
    lifetime.enter();
    try {
      KernelPins.pin(descriptor, path, "program `" + name + "`");
    } finally {
      lifetime.leave();
    }
  }

  @Override
  public void unpin(Path path) {
    KernelPins.remove(path);
  }

  @Override
  public void close() {
    lifetime.close();
  }
}
