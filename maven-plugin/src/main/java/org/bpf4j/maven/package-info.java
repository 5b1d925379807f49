/// Maven goals: each forks one command of the command line in a JDK 25, since Maven itself may run
/// on an older one. Uses no class of ours, so that the plugin's version and the command line's are
/// bound by a coordinate only.
@NullMarked
package org.bpf4j.maven;

import org.jspecify.annotations.NullMarked;
