package org.bpf4j.lang;

/// The part of a [Host] that answers for maps other than arrays, keyed maps and rings.
public interface MapHost {

  /// See [ProgramArray#call(Enum)]; a call that is taken does not return.
  <S extends Enum<S>> void call(ProgramArray<S> programs, S stage);
}
