package org.bpf4j.sim;

import java.util.List;
import org.bpf4j.btf.BtfTypes;
import org.bpf4j.core.CoreCandidates;
import org.bpf4j.core.CoreCandidates.Candidate;
import org.jspecify.annotations.Nullable;

/// The types that a simulated kernel has: somebody's, or else x86-64's registers and whatever an
/// object describes, as it describes it.
final class SimulatedTypes {

  private static final CoreCandidates DESCRIBED =
      CoreCandidates.in(PtRegs.TYPES)
          .or((local, described) -> List.of(new Candidate(local, described)));

  private SimulatedTypes() {}

  static CoreCandidates of(@Nullable BtfTypes types) {
    return types == null ? DESCRIBED : CoreCandidates.in(types);
  }
}
