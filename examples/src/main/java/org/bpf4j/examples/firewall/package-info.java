/// Drops packets by their source, counts them and tells user space.
@NullMarked
package org.bpf4j.examples.firewall;

import org.jspecify.annotations.NullMarked;
