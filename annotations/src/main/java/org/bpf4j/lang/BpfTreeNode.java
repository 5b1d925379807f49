package org.bpf4j.lang;

/// A member of an [ObjectStruct] whose objects a [BpfTree] keeps: the kernel's links.
public final class BpfTreeNode {

  /// Creates it, as the initialiser of a final member.
  public BpfTreeNode() {}
}
