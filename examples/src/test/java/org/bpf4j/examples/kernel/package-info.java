/// Programs that use what kernels have beside the UAPI, for tests on kernels that have it.
@org.jspecify.annotations.NullMarked
package org.bpf4j.examples.kernel;
