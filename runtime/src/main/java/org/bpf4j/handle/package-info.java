/// What user space holds of a loaded object: typed maps, rings, globals, programs and links.
///
/// The `Loaded…` interfaces deal in bytes, and a real and a simulated kernel implement them; the
/// classes over them are typed and serve both. Generated skeletons are made of these classes.
package org.bpf4j.handle;
