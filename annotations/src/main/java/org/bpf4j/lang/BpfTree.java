package org.bpf4j.lang;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// A tree of objects in a map's value, in an order of the program's (Linux 6.6).
///
/// It is a final member of a [Struct] that is the value of a [BpfHashMap] or [BpfArray], beside a
/// [BpfSpinLock], which is held whenever the tree is touched. When the value goes or is written as
/// a whole, the kernel releases what is in it. User space does not see it.
///
/// ```java
/// try (var _ = queue.lock.lock()) {
///   Job first = queue.jobs.first();
///   if (first != null && first.deadline <= now) {
///     job = queue.jobs.remove(first);
///   }
/// }
/// ```
///
/// @param <T> an [ObjectStruct] that begins with a [BpfTreeNode]
public final class BpfTree<T> {

  /// Creates it, as the initialiser of a final member; it is empty.
  public BpfTree() {}

  /// Puts an object before those that it comes before, and behind all others. The program must not
  /// use it any more.
  ///
  /// @param before whether the first comes before the second: the same for all of a tree. It
  ///   captures nothing, calls nothing and does not abort
  /// @return whether it is in the tree now; else it is gone
  public boolean add(T object, BiPredicate<T, T> before) {
    Deque<T> content = Host.current().content(this);
    Deque<T> behind = new ArrayDeque<>();
    while (!content.isEmpty() && before.test(object, content.getLast())) {
      behind.addFirst(content.removeLast());
    }
    content.addLast(object);
    content.addAll(behind);
    return true;
  }

  /// The object that comes before all others, to be used while the lock is held and nothing is
  /// taken out; null if there is none.
  public @Nullable T first() {
    return Host.current().<T>content(this).peekFirst();
  }

  /// Takes an object out, which the program owns then; null if it is not in the tree.
  ///
  /// @param object what [#first] gave, while the lock has been held
  public @Nullable T remove(T object) {
    return Host.current().<T>content(this).remove(object) ? object : null;
  }
}
