package org.bpf4j.lang;

import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The part of a [Host] that answers for objects in the kernel's memory, for what keeps them, and
/// for locks.
public interface ObjectHost {

  /// Takes a lock; a run has its kernel for itself, so nobody ever waits.
  ///
  /// @throws IllegalStateException if another one is held
  BpfSpinLock.Held hold(BpfSpinLock lock);

  /// Takes a lock that may be taken while others are held.
  ///
  /// @throws DeadlockException if it is held itself
  /// @throws IllegalStateException if a [BpfSpinLock] is held
  BpfSpinLock.Held hold(BpfResilientSpinLock lock);

  /// See [BpfObjects#allocate].
  <T> @Nullable T make(Class<T> type);

  /// See [BpfObjects#free].
  void drop(Object object);

  /// See [BpfObjects#share].
  <T> @Nullable T share(T object);

  /// See [KernelPointer#exchange].
  <T> @Nullable T exchange(KernelPointer<T> place, @Nullable T object);

  /// What a list or tree keeps, in order.
  ///
  /// @param collection a [BpfList] or [BpfTree]
  /// @throws IllegalStateException if no lock is held
  <T> Deque<T> content(Object collection);

  /// Notes that a list or tree takes an object.
  ///
  /// @return whether none of its kind has the object yet
  boolean enter(Object collection, Object object);

  /// Notes that a list or tree has an object no more.
  ///
  /// @param object the object, or null for none
  /// @return the object
  <T> @Nullable T leave(Object collection, @Nullable T object);

  /// See [BpfTree#root].
  <T> @Nullable T root(BpfTree<T> tree);

  /// What is below an object: see [BpfTree#left] and [BpfTree#right].
  <T> @Nullable T below(BpfTree<T> tree, T object, boolean left);
}
