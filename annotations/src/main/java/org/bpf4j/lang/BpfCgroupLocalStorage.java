package org.bpf4j.lang;

/// A value for each control group that programs with this map are attached to.
///
/// It is there, all zero, from the moment when the first of them is attached, and goes with the
/// group. A program uses at most one such map, and one [BpfPerCpuCgroupLocalStorage]. The kernel
/// has [BpfCgroupStorage] as well (6.2), which more programs can use; this is for older ones.
///
/// User space asks by the group's number, which is that of its folder's inode.
///
/// @param <V> the value: a [Struct] or an atomic
public final class BpfCgroupLocalStorage<V> {

  private BpfCgroupLocalStorage() {}

  /// Declares a map, as the initialiser of a `static final` field.
  public static <V> BpfCgroupLocalStorage<V> create() {
    return new BpfCgroupLocalStorage<>();
  }

  /// The value of the control group that the program is attached to.
  @SuppressWarnings("unchecked") // only values of the declared type are in it
  public V get() {
    return (V) Host.of(this).attachedStorage(this);
  }
}
