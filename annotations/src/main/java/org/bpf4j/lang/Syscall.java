package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A program that runs when user space asks for it, in the caller's process, and may sleep.
///
/// Its signature is `static int name(Args args)`, where `Args` is a [Struct] class that user space
/// passes in and gets back as the program left it; the parameter may be left out. Needs kernel
/// 5.14. Where Java would throw, it ends early and returns 0.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Syscall {}
