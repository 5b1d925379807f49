package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A function of the kernel that is no helper, as the program declares it: a `static native`
/// method.
///
/// The kernel names such functions and says by its own types what they take, which differs from
/// release to release; so a program declares those that it calls, and the loader compares the
/// declaration with the running kernel. A number is as wide as its Java type, a [KernelStruct] is a
/// pointer that the kernel knows, a [Struct], array or [BpfString] is memory, a context is the
/// program's own, a map is the map, a `String` is a constant text. A parameter or result annotated
/// `@Nullable` may be null, others not.
///
/// ```java
/// @Kfunc(releasedBy = "bpf_task_release")
/// static native @Nullable TaskStruct bpfTaskFromPid(int pid);
///
/// @Kfunc(releases = true)
/// static native void bpfTaskRelease(TaskStruct task);
/// ```
///
/// A result `Iterable` declares an iterator of the kernel, by the name of its struct: what begins,
/// advances and ends it has that name and an ending. It is what an enhanced `for` goes over, whose
/// variable is a view of what the iterator gives, or a number.
///
/// ```java
/// @Kfunc(since = "6.7")
/// static native Iterable<TaskStruct> bpfIterTask(@Nullable TaskStruct task, int flags);
/// ```
///
/// A result [Dynptr] is what the function makes in the place that its last parameter in C says.
///
/// A function that only some kernels have is called behind a test, `if
/// (Helpers.kernelHas("bpf_task_from_vpid"))`. There is no body that could run as plain Java.
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Kfunc {
  /// The kernel's name; empty for the method's own in snake case: `bpfTaskAcquire` is
  /// `bpf_task_acquire`.
  String value() default "";

  /// The kernel function that takes the result back, if it must be given back: on every path, and
  /// where the program aborts.
  String releasedBy() default "";

  /// Whether it takes back its first argument, which is not used afterwards.
  boolean releases() default false;

  /// The first kernel that has it, such as `6.2`: what the program is said to need.
  String since() default "";
}
