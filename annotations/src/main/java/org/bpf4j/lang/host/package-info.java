/// Memory as programs see it, on the JVM: numbers by their storage, and views as objects.
///
/// Programs do not need this package. A [org.bpf4j.lang.Host] that runs their bodies as plain Java
/// does, and so does whatever shows a view's bytes to user space.
@NullMarked
package org.bpf4j.lang.host;

import org.jspecify.annotations.NullMarked;
