package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs for each item of a list of the kernel whenever user space reads the list,
/// and writes what user space gets.
///
/// Its parameters are an [IterContext], and then the fields of an item in the kernel's order:
/// numbers, and [KernelStruct] views for pointers to structs, which are never null. They are
/// compared with the kernel's own when the program is loaded. The result is `void`. Where Java
/// would throw, it ends early for that item.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Iter {
  /// The list, such as `"task"`, `"bpf_map"` or `"tcp"`: the kernel's functions `bpf_iter_…` in its
  /// BTF are all of them.
  String value();

  /// Whether the program may sleep, which only some lists allow.
  boolean sleepable() default false;
}
