package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Stored as four bytes, unsigned, in host order: 0 to 2^32 − 1.
///
/// Where the Java type is wider, storing a number that does not fit aborts the program.
///
/// In an `int` the upper half reads as negative numbers: compare with [Integer#compareUnsigned], or
/// declare a `long`.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({
  ElementType.METHOD,
  ElementType.FIELD,
  ElementType.RECORD_COMPONENT,
  ElementType.PARAMETER
})
public @interface U32 {}
