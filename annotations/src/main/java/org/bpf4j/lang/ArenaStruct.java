package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A class whose objects live in a [BpfArena], and refer to each other: the nodes of lists, trees
/// and graphs.
///
/// It is laid out like a [Struct], and may have fields of its own type and of other arena structs,
/// which are references or null. Such references are kept in fields, in static fields, in locals
/// and parameters, and compared with `==`; nothing else in a program may be referred to from a
/// field. Objects come from [BpfArena#allocate] only, never from `new`.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ArenaStruct {}
