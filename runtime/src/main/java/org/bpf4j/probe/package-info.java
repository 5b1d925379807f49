/// What this kernel can do, by trying, and what stands in the way of this process.
///
/// Nothing is attached, and nothing is left loaded.
package org.bpf4j.probe;
