package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A static field that user space sets before loading, and that is constant from then on.
///
/// It is read-only for programs, so the kernel knows its value when it verifies and compiles them:
/// branches that it rules out cost nothing. The field is neither final nor private; its initialiser
/// is the default.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Config {}
