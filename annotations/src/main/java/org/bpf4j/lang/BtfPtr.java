package org.bpf4j.lang;

/// A kernel struct with its type, to be printed: the kernel's `btf_ptr`.
@Struct
public final class BtfPtr {
  /// Its address.
  public long pointer;

  /// The number of its type in the kernel's BTF.
  public int typeId;

  /// 0.
  public int flags;
}
