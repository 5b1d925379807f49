package org.bpf4j.lang;

/// A value for each control group that programs with this map are attached to, and for each CPU.
///
/// A program reads and writes the value of the CPU that it runs on; see [BpfCgroupLocalStorage] for
/// the rest.
///
/// User space asks by the group's number, which is that of its folder's inode.
///
/// @param <V> the value: a [Struct] or an atomic
public final class BpfPerCpuCgroupLocalStorage<V> {

  private BpfPerCpuCgroupLocalStorage() {}

  /// Declares a map, as the initialiser of a `static final` field.
  public static <V> BpfPerCpuCgroupLocalStorage<V> create() {
    return new BpfPerCpuCgroupLocalStorage<>();
  }

  /// The value of the control group that the program is attached to, of this CPU.
  @SuppressWarnings("unchecked") // only values of the declared type are in it
  public V get() {
    return (V) Host.of(this).attachedStorage(this);
  }
}
