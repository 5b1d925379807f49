package org.bpf4j.examples.maps;

import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.bpf4j.lang.UserRing;

/// A program that takes what user space sends it.
@Bpf(license = "GPL")
final class Inbox {

  private Inbox() {}

  @Struct
  static final class Letter {
    long number;
    final BpfString text = BpfString.ofSize(16);
  }

  static final UserRing<Letter> letters = UserRing.ofBytes(4096);

  static long sum;
  static long greetings;

  @Syscall
  static int read() {
    return letters.drain(
        letter -> {
          sum += letter.number;
          if (letter.text.contentEquals("hello")) {
            greetings++;
          }
          return true;
        });
  }
}
