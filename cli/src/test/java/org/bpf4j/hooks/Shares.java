package org.bpf4j.hooks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.bpf4j.object.MapKind;
import org.junit.jupiter.api.extension.ExtendWith;

/// A test in which programs and user space see the same maps. It fails if none of a kind was both
/// asked for by user space and named by code of programs that ran.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RunCounts.class)
@interface Shares {
  /// The kinds.
  MapKind[] value();
}
