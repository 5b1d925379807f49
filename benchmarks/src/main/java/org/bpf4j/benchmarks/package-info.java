/// What users' code costs, measured beside the same work in C on libbpf.
@NullMarked
package org.bpf4j.benchmarks;

import org.jspecify.annotations.NullMarked;
