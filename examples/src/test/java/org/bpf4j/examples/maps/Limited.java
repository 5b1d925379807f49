package org.bpf4j.examples.maps;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfComponent;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.Syscall;

/// Two components of one class, whose maps user space reaches.
@Bpf(license = "GPL")
public final class Limited {

  /// Lets each key through so often.
  @BpfComponent
  static final class Limiter {
    final BpfHashMap<Integer, Integer> left = BpfHashMap.create(2);

    boolean admit(int key) {
      Integer before = left.get(key);
      if (before == null || before == 0) {
        return false;
      }
      left.put(key, before - 1);
      return true;
    }
  }

  static final Limiter sources = new Limiter();
  static final Limiter targets = new Limiter();

  private Limited() {}

  /// How many of the two admit 1.
  @Syscall
  static int admit() {
    return (sources.admit(1) ? 1 : 0) + (targets.admit(1) ? 1 : 0);
  }
}
