/// What user space gets: a skeleton for each `@Bpf` class, written with JavaPoet.
///
/// Generation happens in annotation rounds and looks at declarations only: bodies are not typed
/// yet, and asking for their types would disturb javac. Therefore generated code holds no sizes and
/// no offsets; it reads them from the embedded object's BTF, where the compiler put them.
@NullMarked
package org.bpf4j.processor.generate;

import org.jspecify.annotations.NullMarked;
