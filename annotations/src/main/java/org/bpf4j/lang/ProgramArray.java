package org.bpf4j.lang;

/// Programs that others hand over to, by the constants of an enum.
///
/// A program with `stage = "POLICY"` in its annotation is in the slot of that constant when the
/// class is loaded; user space may put others there later. All programs in an array are of one
/// kind. A call does not return: the other program takes over with the same context, and its result
/// is the result. Up to 33 calls may follow each other (`MAX_TAIL_CALL_CNT`).
///
/// ```java
/// enum Stage { PARSE, POLICY }
/// static final ProgramArray<Stage> stages = ProgramArray.create();
/// ```
///
/// @param <S> an enum, whose constants are the slots
public final class ProgramArray<S extends Enum<S>> {

  private ProgramArray() {}

  /// Declares a map of programs, as the initialiser of a `static final` field.
  public static <S extends Enum<S>> ProgramArray<S> create() {
    return new ProgramArray<>();
  }

  /// Lets the program in a slot take over. If this returns, the slot is empty or too many calls
  /// followed each other; views of the packet are dead then.
  public void call(S stage) {
    Host.of(this).maps().call(this, stage);
  }

  /// The same as [#call(Enum)]; the context is the program's own in any case.
  public void call(Object context, S stage) {
    call(stage);
  }
}
