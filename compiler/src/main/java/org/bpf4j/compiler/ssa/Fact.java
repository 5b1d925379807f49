package org.bpf4j.compiler.ssa;

import java.util.Comparator;

/// What a check established about the value that [Inst.Refine] passes on.
public sealed interface Fact {

  /// As an unsigned number the value is at least `min` and at most `max`.
  record Range(long min, long max) implements Fact {}

  /// The value, of type `PTR`, is not null. `analyze` proves it on unoptimised SSA from the tests
  /// that dominate it; `subject` names the Java expression for the message.
  record NonNull(String subject) implements Fact {}

  /// `flag`, the first half of a nullable pair, is 1, so that the value is meaningful; proved as
  /// [NonNull] is.
  record Present(Value flag, String subject) implements Fact {}

  /// The kernel vouches for this address: it was given as an argument, and what it points to lives
  /// as long as the program runs.
  ///
  /// @param orNull whether there may be none, as the program says
  record Trusted(boolean orNull) implements Fact {}

  /// The address was read from a member of a kernel struct: where that member points to what the
  /// program says, the kernel knows what lies there.
  ///
  /// @param view the name under which the kernel is asked for the view's members
  /// @param struct the kernel's name of the struct
  /// @param path the member
  record Member(String view, String struct, String path) implements Fact, Comparable<Member> {
    @Override
    public int compareTo(Member other) {
      return Comparator.comparing(Member::view).thenComparing(Member::path).compare(this, other);
    }
  }

  /// From this packet pointer on, `bytes` bytes lie within the packet.
  record PacketBytes(int bytes) implements Fact {}
}
