package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Stored as eight bytes, unsigned, in host order: 0 to 2^64 − 1.
///
/// Where the Java type is wider, storing a number that does not fit aborts the program.
///
/// A `long` reads the upper half as negative numbers: compare with [Long#compareUnsigned].
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({
  ElementType.METHOD,
  ElementType.FIELD,
  ElementType.RECORD_COMPONENT,
  ElementType.PARAMETER
})
public @interface U64 {}
