/// BPF programs in JUnit: [org.bpf4j.junit.BpfTest] gives tests a kernel.
@NullMarked
package org.bpf4j.junit;

import org.jspecify.annotations.NullMarked;
