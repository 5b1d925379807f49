package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The number of elements of an array, or of bytes of a [BpfString], where no initialiser tells it:
/// in record components and in views, where a method that takes a number reads one element.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({
  ElementType.METHOD,
  ElementType.FIELD,
  ElementType.RECORD_COMPONENT,
  ElementType.PARAMETER
})
public @interface Size {
  /// The number; a constant expression.
  int value();
}
