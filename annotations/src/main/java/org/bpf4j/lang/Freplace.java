package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that takes the place of a global function of another program, for as long as it is
/// attached.
///
/// Its parameters and its result are those of the function, which is declared with
/// `@BpfFunction(global = true)`: the context, numbers and structs. Which program it is for is said
/// before loading, `configure().replace(Program.POLICY, firewall.filter())`. It may do what that
/// program may. It is attached once: who wants it back after it was detached loads it again. Where
/// Java would throw, it ends early and returns 0.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Freplace {
  /// The function's name.
  String value();
}
