/// From javac's attributed trees to [org.bpf4j.compiler.ast.Unit].
///
/// Nobody else walks trees. [ClassReader] reads one class at its own ANALYZE event, when its bodies
/// are typed; other classes' trees are untyped then, or gone. What Java allows and BPF code does
/// not becomes a diagnostic at the expression, and reading goes on with the next statement, so that
/// one run shows all independent errors.
@NullMarked
package org.bpf4j.processor.read;

import org.jspecify.annotations.NullMarked;
