package org.bpf4j.handle;

/// A program for the frames that an entry of a device map or CPU map takes: it is stored with the
/// entry.
public final class XdpMapProgram extends ProgramHandle {

  XdpMapProgram(LoadedObject object, String name, Links links) {
    super(object, name, links);
  }
}
