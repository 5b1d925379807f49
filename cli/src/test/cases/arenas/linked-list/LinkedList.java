import org.bpf4j.lang.ArenaStruct;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfArena;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;
import org.jspecify.annotations.Nullable;

@Bpf(license = "GPL")
public final class LinkedList {

  @ArenaStruct
  static final class Node {
    int value;
    @Nullable Node next;
  }

  @Struct
  static final class Args {
    int number;
  }

  static final BpfArena nodes = BpfArena.ofPages(4);

  static @Nullable Node head;
  static int length;
  static long sum;
  static boolean found;

  @Syscall
  static int push(Args args) {
    Node node = nodes.allocate(Node.class);
    if (node == null) {
      return -1;
    }
    node.value = args.number;
    node.next = head;
    head = node;
    length++;
    return 0;
  }

  @Syscall
  static int total(Args args) {
    sum = 0;
    for (Node at = head; at != null; at = at.next) {
      sum += at.value;
    }
    return (int) sum;
  }

  @Syscall
  static int reverse(Args args) {
    Node reversed = null;
    Node at = head;
    while (at != null) {
      Node next = at.next;
      at.next = reversed;
      reversed = at;
      at = next;
    }
    head = reversed;
    return first();
  }

  private static int first() {
    Node first = head;
    return first == null ? -1 : first.value;
  }

  @Syscall
  static int remove(Args args) {
    Node before = null;
    for (Node at = head; at != null; at = at.next) {
      if (at.value == args.number) {
        found = at == head;
        if (before == null) {
          head = at.next;
        } else {
          before.next = at.next;
        }
        nodes.free(at);
        length--;
        return 1;
      }
      before = at;
    }
    return 0;
  }
}
