package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Says that a member of a [KernelStruct] is a bit field: it is read as an unsigned number, from
/// the bits where the running kernel has it. A member that is none there is read as well.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface BitField {}
