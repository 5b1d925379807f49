/// From the typed Java subset to SSA.
///
/// [Translator] is the entry. For each program it makes one main function, into which callees are
/// inlined, and subprograms for callees that only take and give numbers. Evaluation order, widths
/// and aborts are decided here; nothing behind this package knows Java.
package org.bpf4j.compiler.translate;
