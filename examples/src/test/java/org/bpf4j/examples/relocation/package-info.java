/// What programs read from structs that are laid out differently from kernel to kernel, loaded by
/// this project and by libbpf.
@NullMarked
package org.bpf4j.examples.relocation;

import org.jspecify.annotations.NullMarked;
