package org.bpf4j.kernel;

import org.bpf4j.handle.Places;
import org.bpf4j.object.BpfObject;

/// An object that somebody else loaded, and where it is.
///
/// @param object the object as this process knows it
/// @param owner the class the object was compiled from
/// @param places where its maps and programs are
public record BindRequest(BpfObject object, Class<?> owner, Places places) {}
