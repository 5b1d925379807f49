/// The accepted subset of Java, typed: what `read` makes of javac's trees and sidecars hold.
///
/// Start at [Unit], then [Stmt] and [Expr]. The families are sealed: Java that is not accepted has
/// no node, so a stage that handles every node handles the language.
package org.bpf4j.compiler.ast;
