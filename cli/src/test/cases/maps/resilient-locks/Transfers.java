import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfHashMap;
import org.bpf4j.lang.BpfResilientSpinLock;
import org.bpf4j.lang.Struct;
import org.bpf4j.lang.Syscall;

/// Amounts go from one account to another, of which nobody sees half.
@Bpf(license = "GPL")
public final class Transfers {

  @Struct
  static final class Account {
    final BpfResilientSpinLock lock = new BpfResilientSpinLock();
    int transfers;
    long amount;
  }

  @Struct
  static final class Args {
    int from;
    int to;
    int fee;
    int padding;
    long amount;
  }

  static final BpfHashMap<Integer, Account> accounts = BpfHashMap.create(4);
  static final int[] fees = {0, 1, 5};

  @Syscall
  static int open(Args args) {
    Account account = new Account();
    account.amount = args.amount;
    return accounts.putIfAbsent(args.to, account) ? 0 : 1;
  }

  /// An account cannot be locked twice.
  @Syscall
  static int transfer(Args args) {
    long amount = args.amount;
    int fee = args.fee;
    Account from = accounts.get(args.from);
    Account to = accounts.get(args.to);
    if (from == null || to == null) {
      return -1;
    }
    try (var _ = from.lock.lock()) {
      from.transfers++;
      if (from.amount < amount) {
        return -2;
      }
      try (var _ = to.lock.lock()) {
        to.transfers++;
        from.amount -= amount;
        to.amount += amount - fees[fee];
      }
    }
    return 1;
  }
}
