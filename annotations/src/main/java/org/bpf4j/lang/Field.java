package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The kernel's name of a member, where it is not the accessor's name in snake case.
///
/// Dots go into embedded structs: `"__sk_common.skc_daddr"`. Of several names the first that the
/// running kernel has is taken, for members that were renamed: `{"__state", "state"}`.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Field {
  /// The names, the preferred one first.
  String[] value();
}
