/// Facts about SSA functions, and the user's mistakes that follow from them.
///
/// [org.bpf4j.compiler.analyze.Analyzer] looks at unoptimised SSA, whose every value has a place in
/// the source, so that what compiles never depends on optimisation. Nothing here changes a program;
/// later stages may ask the public facts.
package org.bpf4j.compiler.analyze;
