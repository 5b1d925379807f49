/// Programs of every kind that runs where something happens in the kernel or in a process, for
/// tests that make it happen.
@NullMarked
package org.bpf4j.examples.tracing;

import org.jspecify.annotations.NullMarked;
