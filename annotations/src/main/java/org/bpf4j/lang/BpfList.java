package org.bpf4j.lang;

import org.jspecify.annotations.Nullable;

/// A list of objects in a map's value (Linux 6.6).
///
/// It is a final member of a [Struct] that is the value of a [BpfHashMap] or [BpfArray], beside a
/// [BpfSpinLock], which is held whenever the list is touched. When the value goes or is written as
/// a whole, the kernel releases what is in it. User space does not see it.
///
/// ```java
/// Job job = BpfObjects.allocate(Job.class);
/// if (job != null) {
///   job.id = 7;
///   try (var _ = queue.lock.lock()) {
///     queue.jobs.offerLast(job);
///   }
/// }
/// ```
///
/// @param <T> an [ObjectStruct] with a [BpfListNode]
public final class BpfList<T> {

  /// Creates it, as the initialiser of a final member; it is empty.
  public BpfList() {}

  /// Puts an object before the first. The program must not use it any more.
  ///
  /// @return whether it is in the list now; else it was in one already, and this reference is gone
  public boolean offerFirst(T object) {
    return Host.current().objects().enter(this, object)
        && Host.current().objects().<T>content(this).offerFirst(object);
  }

  /// Puts an object behind the last. The program must not use it any more.
  ///
  /// @return whether it is in the list now; else it was in one already, and this reference is gone
  public boolean offerLast(T object) {
    return Host.current().objects().enter(this, object)
        && Host.current().objects().<T>content(this).offerLast(object);
  }

  /// Takes the first object out, which the program owns then; null if there is none.
  public @Nullable T pollFirst() {
    return Host.current()
        .objects()
        .leave(this, Host.current().objects().<T>content(this).pollFirst());
  }

  /// Takes the last object out, which the program owns then; null if there is none.
  public @Nullable T pollLast() {
    return Host.current()
        .objects()
        .leave(this, Host.current().objects().<T>content(this).pollLast());
  }

  /// The first object, to be used while the lock is held and nothing is taken out; null if there is
  /// none (Linux 6.16).
  public @Nullable T peekFirst() {
    return Host.current().objects().<T>content(this).peekFirst();
  }

  /// The last object, to be used while the lock is held and nothing is taken out; null if there is
  /// none (Linux 6.16).
  public @Nullable T peekLast() {
    return Host.current().objects().<T>content(this).peekLast();
  }
}
