package org.bpf4j.event;

import jdk.jfr.FlightRecorder;

/// Records what happens, if Java Flight Recorder is there and in use.
///
/// `jdk.jfr` is a module that an image may lack, so nothing but [Recorder] has its types; and the
/// first event of a process costs it half a second, so [Recorder] is left alone until somebody
/// records.
public final class Events {

  private static final boolean AVAILABLE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private Events() {}

  private static boolean inUse() {
    return AVAILABLE && FlightRecorder.isInitialized();
  }

  /// The loading of a program begins.
  public static LoadTiming loading() {
    return inUse() ? Recorder.loading() : (_, _, _, _) -> {};
  }

  /// The attaching of a program begins.
  public static AttachTiming attaching() {
    return inUse() ? Recorder.attaching() : (_, _) -> {};
  }

  /// A program was detached.
  ///
  /// @param hook what it was attached to
  public static void detached(String hook) {
    if (inUse()) {
      Recorder.detached(hook);
    }
  }

  /// Whether anybody wants to know of lost records.
  public static boolean wantsLost() {
    return inUse() && Recorder.wantsLost();
  }

  /// Records were lost, as a reader noticed.
  ///
  /// @param ring the ring's name
  /// @param records how many more than when it looked before
  public static void lost(String ring, long records) {
    if (inUse()) {
      Recorder.lost(ring, records);
    }
  }

  /// Something was refused.
  ///
  /// @param type the simple name of the exception
  /// @param message what it says
  public static void failed(String type, String message) {
    if (inUse()) {
      Recorder.failed(type, message);
    }
  }
}
