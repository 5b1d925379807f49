package org.bpf4j.sys;

/// The beginning of native calls in a process.
public final class NativeStart {

  private NativeStart() {}

  /// Begins to link calls in another thread, which takes a new process as long as reading an object
  /// and the kernel's types; whoever calls before it is done waits for it.
  public static void beside() {
    Thread.ofPlatform().daemon().name("bpf4j-link").start(Native::link);
  }
}
