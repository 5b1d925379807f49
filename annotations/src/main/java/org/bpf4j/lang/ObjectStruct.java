package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A class whose objects programs make in the kernel's memory, and keep in a [BpfList] or a
/// [BpfTree].
///
/// It begins with a [BpfListNode] or a [BpfTreeNode]; other fields are primitives and enums. A
/// program owns an object that [BpfObjects#allocate] made, or that it took out of a list or tree,
/// until it gives it away: to a list, to a tree, or to [BpfObjects#free], once on every path. User
/// space does not see it.
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
