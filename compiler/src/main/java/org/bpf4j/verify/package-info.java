/// The check of a finished object: would the kernel take it?
///
/// Knows nothing of the compiler: it looks at an object's bytecode, whoever made it.
@NullMarked
package org.bpf4j.verify;

import org.jspecify.annotations.NullMarked;
