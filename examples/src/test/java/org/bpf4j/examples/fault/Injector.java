package org.bpf4j.examples.fault;

import java.util.ArrayList;
import java.util.List;

/// Decides which of a thread's system calls fails, without being made.
///
/// The runtime that is tested is loaded anew by [FaultLoader], and asks before each call; this
/// class is the one that both sides share.
public final class Injector {

  /// What a call is that is no command of bpf(2): the number of a system call is added to it.
  public static final int SYSTEM_CALL = 1000;

  /// Of x86-64: `close` and `munmap` do what they are to do even if they report an error, so
  /// failing them without making them would be something else.
  private static final List<Integer> ALWAYS_MADE = List.of(SYSTEM_CALL + 3, SYSTEM_CALL + 11);

  private static volatile Thread thread;
  private static int left;
  private static int error;
  private static boolean fired;
  private static final List<Integer> calls = new ArrayList<>();

  private Injector() {}

  /// Lets a call of this thread fail.
  ///
  /// @param number which call, from 1
  /// @param errno the error number
  public static void arm(int number, int errno) {
    left = number;
    error = errno;
    fired = false;
    calls.clear();
    thread = Thread.currentThread();
  }

  /// Ends that.
  ///
  /// @return what call failed, or −1 if there were not so many
  public static int disarm() {
    thread = null;
    return fired ? calls.getLast() : -1;
  }

  /// What the runtime asks before a call.
  ///
  /// @param call a command of bpf(2), or [#SYSTEM_CALL] and the number of another call
  /// @return 0 if the call is to be made, or else its result
  @SuppressWarnings("ReferenceEquality") // a thread is itself alone
  public static long before(int call) {
    if (thread != Thread.currentThread() || fired || ALWAYS_MADE.contains(call)) {
      return 0;
    }
    calls.add(call);
    left--;
    fired = left == 0;
    return fired ? -error : 0;
  }
}
