package org.bpf4j.hooks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.bpf4j.object.ProgramKind;
import org.junit.jupiter.api.extension.ExtendWith;

/// A test that makes programs of some kinds run. It fails if the kernel, which counts runs, has
/// seen no run of one of them; so what is annotated is what works.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RunCounts.class)
@interface Fires {
  /// The kinds.
  ProgramKind[] value();
}
