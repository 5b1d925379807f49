/// Views of the common packet headers, and the numbers and addresses in them.
///
/// Views and the methods marked [org.bpf4j.lang.BpfFunction] are for programs; they also run as
/// plain Java. Other methods, such as `parse` and `toString`, are for user space.
@NullMarked
package org.bpf4j.lang.net;

import org.jspecify.annotations.NullMarked;
