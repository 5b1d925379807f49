package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A class that is laid out like a struct in C: mutable, passed by reference, at home in a map, in
/// a ring buffer, in a global or on the stack of a program.
///
/// Fields come in order of declaration, each at a multiple of its size; a storage annotation such
/// as [Be16] says otherwise for one field. Embedded members, such as arrays and a [BpfString], are
/// `final` and initialised, which tells their size. The class is final, not private, and has no
/// parent.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Struct {}
