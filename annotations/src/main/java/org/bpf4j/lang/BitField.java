package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Says that a member of a [KernelStruct] is a bit field: it is read from the bits where the
/// running kernel has it, and has a sign if it has one there. A member that is none there is read
/// as well.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface BitField {}
