package org.bpf4j.handle;

import java.nio.file.Path;

/// Where an object's map comes from, if it is not simply made.
public sealed interface MapSource {

  /// Another object's map.
  record Loaded(LoadedMap map) implements MapSource {}

  /// A map that exists somewhere.
  record Existing(Place place) implements MapSource {}

  /// A map that is pinned under a path, or is made and pinned there if nothing is.
  record Pinned(Path path) implements MapSource {}
}
