package org.bpf4j.lang;

/// A member of an [ObjectStruct] whose objects a [BpfList] keeps: the kernel's links.
public final class BpfListNode {

  /// Creates it, as the initialiser of a final member.
  public BpfListNode() {}
}
