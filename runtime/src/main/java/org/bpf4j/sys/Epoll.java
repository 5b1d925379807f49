package org.bpf4j.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.function.IntConsumer;

/// An epoll instance that says once for each [#arm arming] that a descriptor is readable.
public final class Epoll implements AutoCloseable {

  /// `EPOLLIN | EPOLLONESHOT`.
  private static final int READABLE_ONCE = 1 | 1 << 30;

  private static final int ADD = 1;
  private static final int REMOVE = 2;
  private static final int MODIFY = 3;

  /// `EPOLL_CLOEXEC`.
  private static final int CLOSE_ON_EXEC = 0x80000;

  /// How many events one wait takes; more come with the next one.
  private static final int EVENTS = 64;

  /// `struct epoll_event` is packed on x86-64 only.
  private static final int USER_OFFSET = Architecture.CURRENT == Architecture.X86_64 ? 4 : 8;

  private static final int EVENT_BYTES = USER_OFFSET + 8;

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.nativeOrder());

  private final Descriptor epoll;

  /// Opens one.
  public Epoll() {
    epoll =
        new Descriptor(
            Failure.check(
                Native.call(SystemCall.EPOLL_CREATE1, CLOSE_ON_EXEC, 0, 0, 0, 0, 0),
                "epoll_create1"));
  }

  /// Asks for one notice about a descriptor; it comes at once if that is readable already.
  public void arm(int descriptor) {
    long result = control(MODIFY, descriptor);
    if (Errno.ENOENT.is(result)) {
      result = control(ADD, descriptor);
    }
    if (Errno.EEXIST.is(result)) { // another thread added it meanwhile
      result = control(MODIFY, descriptor);
    }
    Failure.check(result, "epoll_ctl");
  }

  /// Forgets a descriptor, which may not have been armed.
  public void remove(int descriptor) {
    long result = control(REMOVE, descriptor);
    if (!Errno.ENOENT.is(result)) {
      Failure.check(result, "epoll_ctl");
    }
  }

  private long control(int operation, int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment event = arena.allocate(EVENT_BYTES, 8);
      event.set(INT, 0, READABLE_ONCE);
      event.set(INT, USER_OFFSET, descriptor);
      return Native.call(
          Native.newState(arena),
          SystemCall.EPOLL_CTL,
          epoll.number(),
          operation,
          descriptor,
          event.address(),
          0,
          0);
    }
  }

  /// Its own number: it is readable as soon as one of its descriptors is.
  int number() {
    return epoll.number();
  }

  @Override
  public void close() {
    epoll.close();
  }

  /// Waits for notices, without end, and hands on the descriptors that became readable.
  public void dispatch(IntConsumer readable) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Native.newState(arena);
      MemorySegment events = arena.allocate((long) EVENTS * EVENT_BYTES, 8);
      while (true) {
        long count =
            Native.call(
                state, SystemCall.EPOLL_PWAIT, epoll.number(), events.address(), EVENTS, -1, 0, 0);
        if (!Errno.EINTR.is(count)) {
          Failure.check(count, "epoll_pwait");
        }
        for (long i = 0; i < count; i++) {
          readable.accept(events.get(INT, i * EVENT_BYTES + USER_OFFSET));
        }
      }
    }
  }
}
