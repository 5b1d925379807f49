package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A class whose objects programs make in the kernel's memory, and keep in a [BpfList], a [BpfTree]
/// or a [KernelPointer].
///
/// Its fields are primitives and enums; for a list or tree it has a [BpfListNode] or a
/// [BpfTreeNode], and for more than one of them a [BpfRefcount]. A program owns an object that
/// [BpfObjects#allocate] made, or that it took out, until it gives it away: to a list, a tree, a
/// pointer or [BpfObjects#free], once on every path. User space does not see it.
///
/// ```java
/// @ObjectStruct
/// static final class Job {
///   final BpfTreeNode node = new BpfTreeNode();
///   long deadline;
///   int id;
/// }
/// ```
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ObjectStruct {}
