package org.bpf4j.sim;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bpf4j.btf.BtfTypes;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.kernel.LoadRequest;
import org.bpf4j.kernel.RejectedException;
import org.bpf4j.verify.Verdict;
import org.bpf4j.verify.Verifier;
import org.jspecify.annotations.Nullable;

/// The simulated kernel that runs an object's bytecode in the VM.
final class BytecodeKernel extends SimulatedKernel {

  private static final Logger LOGGER = System.getLogger("org.bpf4j.sim");
  private static final AtomicBoolean SAID = new AtomicBoolean();

  private final @Nullable BtfTypes types;

  /// A kernel that has the structs that objects declare.
  BytecodeKernel(Environment environment) {
    super(environment);
    types = null;
  }

  /// A kernel with structs of its own.
  BytecodeKernel(Environment environment, BtfTypes types) {
    super(environment);
    this.types = types;
  }

  @Override
  public LoadedObject load(LoadRequest request) {
    refuseOthers(request);
    Verifier.verify(request.object()).stream()
        .filter(verdict -> !request.skipped().contains(verdict.program()))
        .forEach(BytecodeKernel::heed);
    return locked(() -> new SimulatedObject(this, request, types));
  }

  /// Refuses what the verifier rejects. What it did not check is run, and that loading here proves
  /// less than loading into Linux is said once in a process.
  private static void heed(Verdict verdict) {
    switch (verdict) {
      case Verdict.Accepted _ -> {}
      case Verdict.Rejected rejected -> {
        String log = String.join("\n", rejected.obligations());
        String reason = rejected.obligations().stream().findFirst().orElse("no reason given");
        throw new RejectedException(
            rejected.program(),
            new RejectedException.Verdict(reason, "", "", Map.of(), log),
            RejectedException.Place.UNKNOWN,
            List.of());
      }
      case Verdict.NotChecked unchecked -> {
        if (SAID.compareAndSet(false, true)) {
          LOGGER.log(
              Level.INFO, "simulated kernel: programs are run unchecked: {0}", unchecked.reason());
        }
      }
    }
  }
}
