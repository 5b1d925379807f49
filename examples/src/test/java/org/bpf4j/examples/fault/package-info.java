/// What happens when calls of the kernel fail, and when processes are killed.
@NullMarked
package org.bpf4j.examples.fault;

import org.jspecify.annotations.NullMarked;
