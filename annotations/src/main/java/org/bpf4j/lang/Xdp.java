package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that sees each frame that a network interface receives, before the network stack does.
///
/// Its signature is `static XdpAction name(XdpContext context)`; the parameter may be left out.
/// Where Java would throw, it ends with [XdpAction#ABORTED].
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Xdp {
  /// The constant of a [ProgramArray]'s enum by which other programs hand over to this one, such as
  /// `"POLICY"`, or `"Stage.POLICY"` where several enums have it.
  String stage() default "";

  /// Whether the program copes with frames of several buffers, of which views reach the first; from
  /// Linux 5.18 on.
  boolean frags() default false;
}
