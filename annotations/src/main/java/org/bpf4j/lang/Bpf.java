package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A class whose static methods contain eBPF programs.
///
/// javac compiles it twice: to the usual class file, and to `<Class>.bpf.o` beside it, which the
/// kernel loads. For a class `Firewall` it also generates `FirewallBpf`, through which user space
/// configures, loads and attaches the programs and reads their maps. Static fields are the state
/// that programs keep between runs: maps, and global variables.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Bpf {
  /// The licence of the programs, as the kernel knows it: `"GPL"`, `"Dual BSD/GPL"`, `"Dual
  /// MIT/GPL"`, `"Proprietary"`, and so on.
  ///
  /// Some kernel functions may be called only under a licence that is compatible with the GPL.
  String license();

  /// The oldest kernel that must accept the programs, such as `"5.15"`; empty for whatever the
  /// programs need, but at least 5.10.
  ///
  /// A newer floor permits shorter code; whatever needs a still newer kernel is then a compile
  /// error.
  String minKernel() default "";
}
