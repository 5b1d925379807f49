package org.bpf4j.random;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bpf4j.object.KernelVersion;

/// What can be named at a place of a program.
final class Scope {

  /// A name for a place that holds a primitive value.
  ///
  /// @param text how to write it: a local, a global, a field
  /// @param type its type
  /// @param assignable whether programs may change it; loop counters may not
  record Place(String text, Primitive type, boolean assignable) {}

  /// The sorts of references that a program can hold.
  enum Reference {
    /// The argument of a syscall program.
    ARGS,
    /// A `Pair`: in a map, or on the stack.
    PAIR,
    /// A view of bytes in a packet.
    VIEW,
    /// A `Key` record.
    KEY,
    /// A `Wide` record.
    WIDE,
    /// A local array of `int`.
    INTS,
    /// A local enum value.
    COLOR,
    /// A `Slot`: on the stack, in an array, in a map or in a ring.
    SLOT,
    /// A text in a fixed buffer.
    TEXT
  }

  /// A reference that is not null.
  record Named(String text, Reference sort) {}

  /// What a method may put on the stack itself; callers, spills and the code for calls need some.
  private static final int STACK_BYTES = 96;

  /// Locals that are assigned more than once, which lambdas cannot capture.
  private static final Pattern CHANGING = Pattern.compile("[aivne]\\d+");

  private final Optional<KernelVersion> oldest;
  private final List<Place> places = new ArrayList<>();
  private final List<Named> references = new ArrayList<>();
  private final Deque<int[]> marks = new ArrayDeque<>();
  private final Deque<String> labels = new ArrayDeque<>();
  private int names;
  private int loops;
  private int stack = STACK_BYTES;
  private boolean isLambda;
  private boolean isPacket;

  /// @param oldest the oldest kernel that must have all that is used; nothing if any may do
  Scope(Optional<KernelVersion> oldest) {
    this.oldest = oldest;
  }

  /// Whether the method may use what came with that kernel.
  boolean has(int major, int minor) {
    KernelVersion since = new KernelVersion(major, minor);
    return oldest.filter(kernel -> kernel.compareTo(since) < 0).isEmpty();
  }

  /// A name that is new in the method.
  String fresh(String prefix) {
    names++;
    return prefix + names;
  }

  /// What a lambda's body can name.
  Scope captured() {
    Scope inner = new Scope(oldest);
    inner.isLambda = true;
    inner.isPacket = isPacket;
    inner.names = names;
    inner.stack = 0;
    places.stream().filter(p -> !CHANGING.matcher(p.text()).matches()).forEach(inner.places::add);
    inner.references.addAll(references);
    return inner;
  }

  /// This is a program that sees packets: it does not sleep, so every map is allowed.
  void seesPackets() {
    isPacket = true;
  }

  /// Whether every map is allowed.
  boolean isPacket() {
    return isPacket;
  }

  /// Whether this is the body of a lambda.
  boolean isLambda() {
    return isLambda;
  }

  /// Whether so much fits on the stack, which from then on is taken.
  boolean reserve(int bytes) {
    if (loops > 0 || stack < bytes) {
      return false;
    }
    stack -= bytes;
    return true;
  }

  /// The same for what is used at variable offsets, which not all kernels allow.
  boolean indexed(int bytes) {
    return has(5, 12) && reserve(bytes);
  }

  void add(Place place) {
    places.add(place);
  }

  void add(Named reference) {
    references.add(reference);
  }

  /// Starts a block.
  void open() {
    marks.push(new int[] {places.size(), references.size()});
  }

  /// Ends a block: what it declared is gone.
  void close() {
    int[] mark = marks.pop();
    places.subList(mark[0], places.size()).clear();
    references.subList(mark[1], references.size()).clear();
  }

  List<Place> places() {
    return places;
  }

  /// The references of a sort.
  List<String> references(Reference sort) {
    return references.stream().filter(r -> r.sort() == sort).map(Named::text).toList();
  }

  /// Views die when the packet moves.
  void forgetViews() {
    references.removeIf(r -> r.sort() == Reference.VIEW);
  }

  /// Enters a loop, which has a label or `""`.
  void enter(String label) {
    labels.push(label);
    loops++;
  }

  void leave() {
    labels.pop();
    loops--;
  }

  /// How many loops there are around the place.
  int loops() {
    return loops;
  }

  /// The labels of the loops around the place, the innermost first.
  List<String> labels() {
    return List.copyOf(labels);
  }
}
