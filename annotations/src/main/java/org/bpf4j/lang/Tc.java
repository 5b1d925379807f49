package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that sees each packet at the traffic control hook of an interface, on its way in or
/// out.
///
/// Its signature is `static TcAction name(TcContext context)`; the parameter may be left out. Where
/// Java would throw, it ends with [TcAction#SHOT].
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Tc {
  /// The constant of a [ProgramArray]'s enum by which other programs hand over to this one, such as
  /// `"POLICY"`, or `"Stage.POLICY"` where several enums have it.
  String stage() default "";
}
