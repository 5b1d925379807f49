/// The rules that need no flow of control: what may be called, stored to and declared, given the
/// program's kind, its licence and the oldest kernel it shall run on.
package org.bpf4j.compiler.validate;
