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
/// @param <T> an [ObjectStruct] with a [BpfTreeNode]
public final class BpfTree<T> {

  /// Creates it, as the initialiser of a final member; it is empty.
  public BpfTree() {}

  /// Puts an object before those that it comes before, and behind all others. The program must not
  /// use it any more.
  ///
  /// @param before whether the first comes before the second: the same for all of a tree. It
  ///   captures nothing, calls nothing and does not abort
  /// @return whether it is in the tree now; else it was in one already, and this reference is gone
  public boolean add(T object, BiPredicate<T, T> before) {
    if (!Host.current().objects().enter(this, object)) {
      return false;
    }
    Deque<T> content = Host.current().objects().content(this);
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
    return Host.current().objects().<T>content(this).peekFirst();
  }

  /// The object at the root, where a search begins, to be used as what [#first] gives; null if
  /// there is none (Linux 6.16).
  public @Nullable T root() {
    return Host.current().objects().root(this);
  }

  /// The root of what comes before an object and is below it, to be used as what [#first] gives;
  /// null if there is nothing (Linux 6.16).
  ///
  /// @param object what [#root], [#first], this or [#right] gave, while the lock has been held
  public @Nullable T left(T object) {
    return Host.current().objects().below(this, object, true);
  }

  /// The root of what comes behind an object and is below it, to be used as what [#first] gives;
  /// null if there is nothing (Linux 6.16).
  ///
  /// @param object what [#root], [#first], [#left] or this gave, while the lock has been held
  public @Nullable T right(T object) {
    return Host.current().objects().below(this, object, false);
  }

  /// Takes an object out, which the program owns then; null if it is not in the tree.
  ///
  /// @param object what [#first] gave, while the lock has been held
  public @Nullable T remove(T object) {
    return Host.current().objects().<T>content(this).remove(object)
        ? Host.current().objects().leave(this, object)
        : null;
  }
}
