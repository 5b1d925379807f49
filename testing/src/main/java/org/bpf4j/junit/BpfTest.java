package org.bpf4j.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/// A class of tests that take a kernel as a parameter.
///
/// Each test method with a parameter of type [org.bpf4j.kernel.Kernel] gets a fresh simulated
/// kernel. With the system property `bpf4j.kernel` the class runs once more, on the kernel of this
/// machine:
///
/// | value | on this machine's kernel |
/// |---|---|
/// | `off` (or absent) | not at all |
/// | `try` | if bpf(2) is permitted; else each test is aborted, with the reason |
/// | `require` | always; it is a failure if bpf(2) is not permitted |
///
/// A test with a parameter of type [org.bpf4j.sim.SimulatedKernel] needs the simulation and is
/// aborted on the real kernel. Tests keep their plain `@Test`.
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ClassTemplate
@ExtendWith(BpfTestExtension.class)
public @interface BpfTest {}
