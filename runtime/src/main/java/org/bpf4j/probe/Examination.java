package org.bpf4j.probe;

import java.util.ArrayList;
import java.util.List;
import org.bpf4j.object.KernelVersion;

/// Looks at everything on this machine that decides whether BPF works, and says what to do.
public final class Examination {

  private Examination() {}

  /// All findings, those about the machine first, then those about the process; elsewhere than on
  /// Linux those few that make sense.
  public static List<Finding> all() {
    if (KernelVersion.running().isEmpty()) {
      return List.of(
          MachineFindings.kernel(), MachineFindings.architecture(), ProcessFindings.java());
    }
    List<Finding> findings = new ArrayList<>();
    findings.addAll(MachineFindings.all());
    findings.addAll(SettingFindings.all());
    findings.addAll(ProcessFindings.all());
    return List.copyOf(findings);
  }
}
