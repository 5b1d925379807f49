package org.bpf4j.sim;

import java.util.Map;
import org.bpf4j.handle.LoadedProgram;
import org.bpf4j.object.Helper;
import org.bpf4j.vm.FaultException;
import org.bpf4j.vm.KernelCall;
import org.bpf4j.vm.Outcome.Kind;

/// The helper by which programs hand over.
final class TailCallHelpers {

  static final Map<Helper, HelperBody> BODIES = Map.of(Helper.TAIL_CALL, TailCallHelpers::call);

  private TailCallHelpers() {}

  private static long call(Run run, KernelCall call) {
    ObjectMap map = run.objectMap(call.argument(2));
    if (map.at((int) call.argument(3)) instanceof LoadedProgram program && run.countTailCall()) {
      if (run.reservations() > 0) {
        throw new FaultException(Kind.LEAK, "a tail call with a ring record reserved");
      }
      throw new TailCall(program);
    }
    return 0;
  }
}
