/// What is in the kernel, whoever loaded it: programs, maps, links and type information, as values.
///
/// A value is what the kernel said at one time; the object may be gone when somebody reads it.
/// [org.bpf4j.inspect.KernelInventory] asks for them.
package org.bpf4j.inventory;
