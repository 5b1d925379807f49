package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A static or default method, a method of a record or struct, or a record's constructor, that
/// programs of other classes may call.
///
/// Its body must keep to the language of programs; it is shipped beside the class file, in a form
/// that the compiler of the calling program reads. It also runs as plain Java. Methods in the same
/// class as the program need no annotation.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface BpfFunction {
  /// Whether the kernel verifies the function on its own, once, instead of once for each call.
  ///
  /// Such a function may take the context, numbers and structs, and knows nothing about them but
  /// what their types say.
  boolean global() default false;
}
