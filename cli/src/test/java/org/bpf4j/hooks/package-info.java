/// Programs of the golden cases, attached to this machine's kernel and triggered: inside of
/// cgroups, namespaces and sockets that the tests make themselves.
@NullMarked
package org.bpf4j.hooks;

import org.jspecify.annotations.NullMarked;
