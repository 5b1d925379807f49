package org.bpf4j.lang;

/// What an [ObjectStruct] begins with whose objects a [BpfList] keeps: the kernel's links.
public final class BpfListNode {

  /// Creates it, as the initialiser of a final member.
  public BpfListNode() {}
}
