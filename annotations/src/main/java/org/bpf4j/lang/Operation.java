package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A member of the struct that a [StructOps] class implements.
///
/// A method is a program that the kernel calls: its parameters are the function's first parameters,
/// numbers and [KernelStruct] views; its result is `int` or `void`. Where Java would throw, it
/// returns 0. A constant, a number or a text, is a member that is no function; its type has the
/// member's size.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.FIELD})
public @interface Operation {
  /// The member's name; empty for the Java name in snake case: `congAvoid` is `cong_avoid`, and
  /// `NAME` is `name`.
  String value() default "";

  /// Whether the program may sleep, which only some members allow.
  boolean sleepable() default false;
}
