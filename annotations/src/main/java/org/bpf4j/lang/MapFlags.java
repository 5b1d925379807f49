package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What is asked of a map besides its size.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface MapFlags {
  /// The flags.
  MapFlag[] value() default {};

  /// The flags of the maps that a map of maps holds; not `RDONLY_PROG` and `WRONLY_PROG`.
  MapFlag[] inner() default {};

  /// The NUMA node whose memory the map takes, or −1 for any.
  int numaNode() default -1;
}
