package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// An interface that is a view of a struct of the kernel, with those members that the program
/// reads.
///
/// The members are found by name when the object is loaded, so the same object runs on kernels that
/// lay the struct out differently. An accessor `realParent()` reads the member `real_parent`;
/// [Field] names another. An accessor's type says what the member is: an interface is a pointer, an
/// [Embedded] interface a struct, an integer an integer, with [KernelEnum] an enumeration.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface KernelStruct {
  /// The struct's name; empty for the interface's own name in snake case: `TaskStruct` is
  /// `task_struct`.
  String value() default "";
}
