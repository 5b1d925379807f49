package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs where a process passes a static probe (USDT): an instruction that the author
/// of an executable or library marked, with arguments.
///
/// Its parameters are the probe's first arguments, up to twelve: numbers, and `long` for addresses,
/// at which [Helpers#probeReadUser] reads. The result is `void` or `int`. Where Java would throw,
/// it ends early and returns 0. `readelf -n` lists the probes of a file.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Usdt {
  /// The executable or library: a path, or a name that is looked up among the files that the
  /// process runs, and where libraries and executables are.
  String binary();

  /// The provider of the probe, such as `hotspot`.
  String provider();

  /// The probe's name, such as `class__loaded`.
  String name();

  /// Whether the program may sleep, to read memory that is not there yet (Linux 6.2).
  boolean sleepable() default false;
}
