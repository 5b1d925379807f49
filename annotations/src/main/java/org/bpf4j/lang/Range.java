package org.bpf4j.lang;

import java.util.Iterator;
import java.util.NoSuchElementException;

/// The numbers from one up to another, for `for (int i : Helpers.range(from, to))`.
///
/// A program counts and has no such object; it exists where the program runs as Java.
///
/// @param from the first number
/// @param to the number behind the last; nothing is there unless it is greater than the first
public record Range(int from, int to) implements Iterable<Integer> {

  @Override
  public Iterator<Integer> iterator() {
    return new Iterator<>() {
      private int next = from;

      @Override
      public boolean hasNext() {
        return next < to;
      }

      @Override
      public Integer next() {
        if (next >= to) {
          throw new NoSuchElementException();
        }
        return next++;
      }
    };
  }
}
