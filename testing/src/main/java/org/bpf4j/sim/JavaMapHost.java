package org.bpf4j.sim;

import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.lang.MapHost;
import org.bpf4j.lang.ProgramArray;
import org.bpf4j.lang.host.Scalar;

/// The simulated kernel's other maps as a program's Java body sees them, for one run.
///
/// @param maps the maps of the program's class
/// @param tailCalls how many programs handed over before this one
record JavaMapHost(JavaMaps maps, int tailCalls) implements MapHost {

  @Override
  public <S extends Enum<S>> void call(ProgramArray<S> programs, S stage) {
    int index = (int) Scalar.toNumber(stage);
    if (maps.objects(programs).at(index) instanceof LoadedProgram program
        && tailCalls < TailCall.MAX) {
      throw new TailCall(program);
    }
  }
}
