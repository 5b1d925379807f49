package org.bpf4j.handle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/// A program that writes a list of the kernel.
public final class IterProgram extends ProgramHandle {

  IterProgram(LoadedObject object, String name, Links links) {
    super(object, name, links);
  }

  /// The whole list as text.
  public String read() {
    return read(new ListScope.All());
  }

  /// A part of the list as text.
  public String read(ListScope scope) {
    return loaded().list(scope);
  }

  /// The lines of the whole list; the program makes them as the stream asks for them, so a stream
  /// that is left early costs no more. Whoever gets it closes it.
  public Stream<String> lines() {
    return lines(new ListScope.All());
  }

  /// The lines of a part of the list, as [#lines()] has them.
  public Stream<String> lines(ListScope scope) {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(loaded().listing(scope), StandardCharsets.UTF_8));
    return lines.lines().onClose(() -> close(lines));
  }

  private static void close(BufferedReader lines) {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException("closing a list", e);
    }
  }
}
