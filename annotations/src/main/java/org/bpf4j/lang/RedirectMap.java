package org.bpf4j.lang;

/// A map of places to which XDP programs send frames; user space puts them in.
public sealed interface RedirectMap permits DevMap, DevMapHash, CpuMap, XskMap {

  /// The greatest number of entries, as declared; user space may have changed it before loading.
  int maxEntries();

  /// Sends the frame to an entry, once the program has returned what this gives back.
  ///
  /// @param otherwise what is given if there is no such entry: anything but [XdpAction#REDIRECT],
  ///   which makes it [XdpAction#ABORTED]
  XdpAction redirect(int key, XdpAction otherwise);
}
