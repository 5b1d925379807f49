package org.bpf4j.sim;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/// What the lists, trees and pointers in an object's maps keep, for programs that run as Java.
///
/// Where a list lies in a map's value there is its number, 0 as long as it is empty; so an update
/// of the value, which zeroes it, empties the list as in the kernel.
final class JavaCollections {
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

  private final Map<Long, Deque<Object>> numbered = new HashMap<>();
  private final IdentityHashMap<Object, Deque<Object>> bound = new IdentityHashMap<>();
  private final Map<Class<?>, Set<Object>> kept = new HashMap<>();
  private long last;

  /// What a list, tree or pointer keeps, in order.
  ///
  /// @throws IllegalStateException if it is in no value of a map
  Deque<Object> content(Object collection) {
    Deque<Object> content = bound.get(collection);
    if (content == null) {
      throw new IllegalStateException(collection + " is in no value of a map");
    }
    return content;
  }

  /// Notes that a list or tree takes an object, which has one node for each kind of them.
  ///
  /// @return whether none of the kind has it yet
  boolean enter(Class<?> kind, Object object) {
    return kept.computeIfAbsent(
            kind, _ -> java.util.Collections.newSetFromMap(new IdentityHashMap<>()))
        .add(object);
  }

  /// Notes that none has it any more.
  void leave(Class<?> kind, Object object) {
    kept.getOrDefault(kind, Set.of()).remove(object);
  }

  /// Forgets the Java objects of a run; what they keep stays.
  void forget() {
    bound.clear();
  }

  /// Lets a Java object stand for what lies at a place in a map's value.
  void load(MemorySegment memory, Object collection) {
    Deque<Object> content = numbered.remove(memory.get(LONG, 0));
    bound.put(collection, content == null ? new ArrayDeque<>() : content);
  }

  /// Notes there what it keeps.
  void write(MemorySegment memory, Object collection) {
    Deque<Object> content = bound.getOrDefault(collection, new ArrayDeque<>());
    memory.set(LONG, 0, content.isEmpty() ? 0 : ++last);
    if (!content.isEmpty()) {
      numbered.put(last, content);
    }
  }
}
