/// The system calls: everything that leaves the Java world for Linux, and nothing else.
///
/// Not exported. A result is the kernel's own: not negative, or the negated error number; who calls
/// decides which errors are answers ("no such key") and which are exceptions.
package org.bpf4j.sys;
