package org.bpf4j.handle;

import java.lang.foreign.MemorySegment;

/// A program that runs when user space asks.
///
/// @param <C> its argument
public final class SyscallProgram<C> extends ProgramHandle {

  private final Codec<C> codec;

  SyscallProgram(LoadedObject object, String name, Links links, Codec<C> codec) {
    super(object, name, links);
    this.codec = codec;
  }

  /// Runs it with an argument.
  ///
  /// @return its result, and the argument as it left it
  public SyscallRun<C> run(C argument) {
    byte[] context = new byte[codec.bytes()];
    codec.encode(argument, MemorySegment.ofArray(context), 0);
    TestRun run = loaded().run(TestInput.context(context));
    C after = codec.decode(MemorySegment.ofArray(run.context()), 0);
    return new SyscallRun<>(run.returnValue(), after);
  }

  /// Runs it without an argument: a context of zeros.
  ///
  /// @return its result
  public int run() {
    return loaded().run(TestInput.context(new byte[codec.bytes()])).returnValue();
  }
}
