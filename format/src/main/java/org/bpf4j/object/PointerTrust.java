package org.bpf4j.object;

/// How far the kernel's verifier relies on the address of an object of the kernel, from not at all
/// to wholly.
public enum PointerTrust {
  /// It may be read, as it may fault (`PTR_UNTRUSTED`).
  NONE,
  /// Its type is known; helpers take it, kernel functions do not (`PTR_TO_BTF_ID` alone).
  TYPE,
  /// The object is there as long as a program that does not sleep runs, though it may be on its way
  /// out (`MEM_RCU`); some kernel functions take it.
  RCU,
  /// The object is there (`PTR_TRUSTED`, or it is the program's to release).
  FULL;

  /// The lesser of two.
  public PointerTrust min(PointerTrust other) {
    return compareTo(other) < 0 ? this : other;
  }
}
