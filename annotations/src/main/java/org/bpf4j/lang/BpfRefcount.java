package org.bpf4j.lang;

/// A member of an [ObjectStruct] whose objects may have several owners, such as a list and a tree
/// (Linux 6.6): the kernel counts them, and the object goes with the last.
///
/// ```java
/// @ObjectStruct
/// static final class Job {
///   final BpfRefcount owners = new BpfRefcount();
///   final BpfListNode byArrival = new BpfListNode();
///   final BpfTreeNode byDeadline = new BpfTreeNode();
///   long deadline;
/// }
/// ```
public final class BpfRefcount {

  /// Creates it, as the initialiser of a final member.
  public BpfRefcount() {}
}
