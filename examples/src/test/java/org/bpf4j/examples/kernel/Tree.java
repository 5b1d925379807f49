package org.bpf4j.examples.kernel;

import org.bpf4j.lang.ArenaStruct;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArena;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.jspecify.annotations.Nullable;

/// Counts numbers in a sorted tree, which user space reads.
@Bpf(license = "GPL")
public final class Tree {

  private Tree() {}

  /// A number that was seen; those on the left are less, those on the right greater.
  @ArenaStruct
  public static final class Node {
    public int number;
    public int count;
    public final BpfString text = BpfString.ofSize(16);
    public final Node[] sides = new Node[2];
    public @Nullable Node latest;
  }

  /// A number to count.
  @Struct
  public static final class Seen {
    public int number;
  }

  static final BpfArena nodes = BpfArena.ofPages(64);

  static @Nullable Node root;

  @Syscall
  static int add(Seen seen) {
    Node at = root;
    if (at == null) {
      Node first = made(seen.number);
      root = first;
      return first == null ? -1 : 1;
    }
    Node top = at;
    for (int depth = 0; depth < 64; depth++) {
      if (at.number == seen.number) {
        at.count++;
        top.latest = at;
        return at.count;
      }
      int side = seen.number < at.number ? 0 : 1;
      Node next = at.sides[side];
      if (next == null) {
        Node leaf = made(seen.number);
        at.sides[side] = leaf;
        top.latest = leaf;
        return leaf == null ? -1 : 1;
      }
      at = next;
    }
    return -2;
  }

  private static @Nullable Node made(int number) {
    Node node = nodes.allocate(Node.class);
    if (node != null) {
      node.number = number;
      node.count = 1;
      node.text.format("number %d", number);
    }
    return node;
  }
}
