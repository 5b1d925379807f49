package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that sees each frame that a device map sends on, when it stands in the map's entry.
///
/// Its signature is `static XdpAction name(XdpDevmapContext context)`; the parameter may be left
/// out. Where Java would throw, it ends with [XdpAction#ABORTED].
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface XdpDevmap {
  /// Whether the program copes with frames of several buffers, of which views reach the first; from
  /// Linux 5.18 on.
  boolean frags() default false;
}
