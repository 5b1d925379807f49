package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// An interface that is a view of a program's context, the struct that the kernel passes to it.
///
/// Accessors with [At] are loads from the kernel's UAPI struct at that offset, setters of the same
/// name are stores; methods without it are operations that the compiler knows.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ContextStruct {
  /// The struct's name in the kernel's UAPI, such as `xdp_md`.
  String value();
}
