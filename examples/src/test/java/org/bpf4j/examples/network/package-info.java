/// Network programs that need another kernel than most machines have.
@NullMarked
package org.bpf4j.examples.network;

import org.jspecify.annotations.NullMarked;
