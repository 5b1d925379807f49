package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A static field with what the running kernel was configured with: constant for programs, so that
/// branches which it rules out cost nothing.
///
/// The type says how to read it: `boolean` is yes or no, a [Tristate] may be a module, an `int` or
/// `long` is a number, a [BpfString] a text. The loader reads `/boot/config-<release>` or
/// `/proc/config.gz`. `LINUX_KERNEL_VERSION` is the kernel's release as one number, 65,536 for each
/// major and 256 for each minor release.
///
/// ```java
/// @Kconfig("CONFIG_HZ") static int hz;
/// @Kconfig("LINUX_KERNEL_VERSION") static int kernelVersion;
/// ```
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Kconfig {
  /// The name, such as `CONFIG_HZ`.
  String value();

  /// Whether the program copes if nothing is said: then it is zero. Otherwise the program cannot be
  /// loaded.
  boolean optional() default false;
}
