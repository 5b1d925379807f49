/// A kernel in the JVM: objects are loaded, attached, triggered and run without privileges, on any
/// operating system, and what they meet is in the test's hand.
///
/// A [SimulatedKernel] keeps the kernel's rules where a program can see them (map semantics, error
/// numbers, packet bounds, the order of hooks) and replaces everything that would make two runs
/// differ: its clock stands still until it is moved, its random numbers have a seed, its CPU and
/// its task are what the test says. What it does not model it refuses by name.
@NullMarked
package org.bpf4j.sim;

import org.jspecify.annotations.NullMarked;
