package org.bpf4j.lang;

/// Control groups that programs ask about; user space puts them in.
public final class CgroupArray {

  private final int maxEntries;

  private CgroupArray(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  /// Declares a map, as the initialiser of a `static final` field.
  ///
  /// @param maxEntries the number of slots; a constant expression
  public static CgroupArray create(int maxEntries) {
    return new CgroupArray(maxEntries);
  }

  /// The number of slots, as declared; user space may have changed it before loading.
  public int maxEntries() {
    return maxEntries;
  }

  /// Whether the current task is in the control group of a slot, or below it; false if the slot is
  /// empty.
  public boolean currentTaskUnderCgroup(int index) {
    return Host.of(this).maps().currentTaskUnderCgroup(this, index);
  }
}
