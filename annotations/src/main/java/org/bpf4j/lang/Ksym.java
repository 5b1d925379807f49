package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A static field that is a variable of the kernel, which programs read: a number, or a
/// [KernelStruct] that lies there.
///
/// The loader finds it in the kernel's table of symbols, where variables of loaded modules are too.
/// The kernel's types do not describe it, so its Java type is the program's word. Those of which
/// each CPU has its own they do describe: [Helpers#thisCpuPtr] and [Helpers#perCpuPtr] find them.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Ksym {
  /// The kernel's name; empty for the field's own in snake case: `jiffies64` is `jiffies64`,
  /// `initTask` is `init_task`.
  String value() default "";

  /// Whether the program copes without it: where the kernel has none, it reads as zero. Otherwise
  /// the program cannot be loaded.
  boolean optional() default false;
}
