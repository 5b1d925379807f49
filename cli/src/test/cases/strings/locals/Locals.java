import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfString;
import org.bpf4j.lang.Helpers;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// Strings that are local variables: on the stack, as arrays are.
@Bpf(license = "GPL")
public final class Locals {

  static final int SIZE = 16;

  @Struct
  static final class Args {
    int which;
    int number;
    final BpfString text = BpfString.ofSize(12);
  }

  @Struct
  static final class Name {
    final BpfString text = BpfString.ofSize(SIZE);
  }

  static final BpfHashMap<Name, Integer> lengths = BpfHashMap.create(16);
  static int same;
  static int own;

  @Syscall
  static int build(Args args) {
    BpfString text = BpfString.ofSize(SIZE);
    if (!text.isEmpty()) return -1;
    switch (args.which) {
      case 0 -> text.copyFrom("none");
      case 1 -> text.format("no %d/%x", args.number, args.number);
      case 2 -> text.copyFrom(args.text);
      default -> fill(text, 'a' + args.number);
    }
    Name name = new Name();
    name.text.copyFrom(text);
    lengths.put(name, text.length());
    args.text.copyFrom(text);
    if (text.contentEquals("none")) return 100;
    return text.startsWith("no") ? 200 + text.size() : text.indexOf('b');
  }

  static void fill(BpfString text, int with) {
    BpfString one = BpfString.ofSize(2 * SIZE);
    for (int i = 0; i < 3; i++) {
      one.format("%s%c", one, (char) with);
    }
    text.copyFrom(one);
  }

  @Syscall
  static int twice(Args args) {
    int found = 0;
    for (int i = 0; i < 4; i++) {
      BpfString text = BpfString.ofSize(8); // empty again in each round
      found += text.length();
      text.format("%d", args.number + i);
      found += text.byteAt(0);
    }
    return found;
  }

  @Syscall
  static int ownName(Args args) {
    BpfString name = BpfString.ofSize(SIZE);
    Helpers.getCurrentComm(name);
    BpfString again = BpfString.ofSize(SIZE);
    Helpers.getCurrentComm(again);
    same = name.contentEquals(again) ? 1 : 0;
    own = name.byteAt(args.number) > 0 ? 1 : 0;
    return name.byteAt(SIZE - 1);
  }
}
