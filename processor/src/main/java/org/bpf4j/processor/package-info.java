/// The javac annotation processor: which event of javac triggers what.
///
/// In annotation rounds it generates skeletons from declarations; when javac has analysed a class
/// it reads that class; when the compilation is finished it links, compiles and writes the objects,
/// all or nothing. Everything that knows javac is in this module.
@NullMarked
package org.bpf4j.processor;

import org.jspecify.annotations.NullMarked;
