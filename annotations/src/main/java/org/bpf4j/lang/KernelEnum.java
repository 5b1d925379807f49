package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Says that a member is an enumeration of the kernel; its Java type is an integer or an enum whose
/// constants carry the kernel's numbers.
///
/// On an enum it says that the kernel has one of that name, whose constants [Core] asks for under
/// the names that they have here.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE})
public @interface KernelEnum {
  /// The enum's name in the kernel; empty for the Java enum's own name in snake case.
  String value() default "";
}
