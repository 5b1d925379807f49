/// The language by example: each directory under `src/test/cases` is Java as a user would write it,
/// with what it must do, or the place and code of the diagnostic that refuses it.
///
/// A case needs no Java of its own and no registration. Its programs run as Java, as bytecode in
/// the simulated kernel and, if asked for, in Linux, with and without optimisation; any two runs
/// that differ fail, whatever the case itself says.
@NullMarked
package org.bpf4j.cases;

import org.jspecify.annotations.NullMarked;
