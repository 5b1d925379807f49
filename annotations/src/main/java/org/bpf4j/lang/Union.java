package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// An array of bytes in a struct that is a union to others: tools and programs in C see one member
/// for each of the views, and the bytes.
///
/// The array is aligned as the widest number of the views is. Programs and user space look at it by
/// [Overlay#of(Class, byte[])], with these views or any other.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Union {
  /// The [Header] interfaces; none is longer than the array.
  Class<?>[] value();
}
