package org.bpf4j.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.bpf4j.lang.BpfResilientSpinLock;
import org.bpf4j.lang.BpfSpinLock;
import org.bpf4j.lang.BpfTree;
import org.bpf4j.lang.DeadlockException;
import org.bpf4j.lang.KernelPointer;
import org.bpf4j.lang.ObjectHost;
import org.jspecify.annotations.Nullable;

/// Objects that programs make, what keeps them, and locks, for a program that runs as Java.
///
/// Objects are Java's: they go by themselves, and who shares one has a reference to it.
final class JavaObjectHost implements ObjectHost {
  private final JavaTypes types;
  private final Deque<Object> held = new ArrayDeque<>();

  JavaObjectHost(JavaTypes types) {
    this.types = types;
  }

  @Override
  public BpfSpinLock.Held hold(BpfSpinLock lock) {
    if (!held.isEmpty()) {
      throw new IllegalStateException("another lock is held");
    }
    return take(lock);
  }

  @Override
  public BpfSpinLock.Held hold(BpfResilientSpinLock lock) {
    if (held.peek() instanceof BpfSpinLock) {
      throw new IllegalStateException("another lock is held");
    }
    if (held.stream().anyMatch(other -> other == lock)) {
      throw new DeadlockException();
    }
    return take(lock);
  }

  private BpfSpinLock.Held take(Object lock) {
    held.push(lock);
    return held::pop;
  }

  @Override
  @SuppressWarnings("unchecked") // of that class
  public <T> T make(Class<T> type) {
    return (T) ((JavaCodec.Container) types.named(type)).create();
  }

  @Override
  public void drop(Object object) {}

  @Override
  public <T> T share(T object) {
    return object;
  }

  @Override
  @SuppressWarnings("unchecked") // programs put objects of the declared class there
  public <T> @Nullable T exchange(KernelPointer<T> place, @Nullable T object) {
    Deque<T> content = (Deque<T>) types.collections().content(place);
    T before = content.poll();
    if (object != null) {
      content.add(object);
    }
    return before;
  }

  @Override
  @SuppressWarnings("unchecked") // programs put objects of the declared class there
  public <T> Deque<T> content(Object collection) {
    if (held.isEmpty()) {
      throw new IllegalStateException("no lock is held");
    }
    return (Deque<T>) types.collections().content(collection);
  }

  @Override
  public boolean enter(Object collection, Object object) {
    return types.collections().enter(collection.getClass(), object);
  }

  @Override
  public <T> @Nullable T leave(Object collection, @Nullable T object) {
    if (object != null) {
      types.collections().leave(collection.getClass(), object);
    }
    return object;
  }

  @Override
  public <T> @Nullable T root(BpfTree<T> tree) {
    List<T> all = List.copyOf(this.<T>content(tree));
    return at(all, SearchTree.root(all.size()));
  }

  @Override
  public <T> @Nullable T below(BpfTree<T> tree, T object, boolean left) {
    List<T> all = List.copyOf(this.<T>content(tree));
    return at(all, SearchTree.below(all.size(), all.indexOf(object), left));
  }

  private static <T> @Nullable T at(List<T> all, int place) {
    return place < 0 ? null : all.get(place);
  }
}
