package org.bpf4j.lang;

/// What an [ObjectStruct] begins with whose objects a [BpfTree] keeps: the kernel's links.
public final class BpfTreeNode {

  /// Creates it, as the initialiser of a final member.
  public BpfTreeNode() {}
}
