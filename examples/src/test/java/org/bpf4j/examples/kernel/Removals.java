package org.bpf4j.examples.kernel;

import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.Bpf;
import org.bpf4j.lang.BpfInodeStorage;
import org.bpf4j.lang.KernelStruct;
import org.bpf4j.lang.Lsm;

/// Counts for each folder what is removed from it.
@Bpf(license = "GPL")
public final class Removals {

  @KernelStruct
  interface Inode {}

  @KernelStruct
  interface Dentry {}

  static final BpfInodeStorage<AtomicLong> removed = BpfInodeStorage.create();

  @Lsm("inode_unlink")
  static int unlink(Inode folder, Dentry entry) {
    AtomicLong count = removed.getOrCreate(folder);
    if (count != null) {
      count.incrementAndGet();
    }
    return 0;
  }

  private Removals() {}
}
