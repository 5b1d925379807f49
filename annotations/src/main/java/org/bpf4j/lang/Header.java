package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// An interface that is a view of a protocol header: each accessor reads or writes the packet
/// itself.
///
/// Accessors are abstract methods without parameters; a setter has the same name, one parameter and
/// the accessor's storage. They come in order of declaration and without gaps, or where [At] says.
/// Every number is in host order. Default methods that are marked [BpfFunction] are ordinary code.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Header {
  /// The length of the header in bytes, without options.
  int bytes();
}
