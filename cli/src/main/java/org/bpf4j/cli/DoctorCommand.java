package org.bpf4j.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpf4j.attach.StaleAttachment;
import org.bpf4j.probe.Examination;
import org.bpf4j.probe.Finding;
import org.bpf4j.probe.Finding.Grade;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bpf4j doctor`: whether BPF works on this machine for this process, and what to do if not.
@Command(
    name = "doctor",
    description = "Checks kernel, privileges, mounts and JDK, and says what to do.")
final class DoctorCommand extends CliCommand {

  @Option(
      names = "--features",
      description = "Show what the kernel can do too: types of programs, maps and links.")
  private boolean features;

  @Option(
      names = "--stale",
      description =
          "Instead remove what processes of bpf4j left attached that were killed, in this network"
              + " namespace.")
  private boolean stale;

  @Option(names = "--json", description = "Print JSON, all in one line.")
  private boolean json;

  @Override
  boolean run() {
    return stale ? reclaim() : examine();
  }

  /// Only what bears the tag of a process that is gone is removed.
  private boolean reclaim() {
    List<StaleAttachment> found = StaleAttachment.find();
    found.forEach(StaleAttachment::remove);
    List<String> removed = found.stream().map(StaleAttachment::toString).toList();
    if (json) {
      out().println(Json.print(Map.of("removed", removed)));
      return true;
    }
    removed.forEach(what -> out().println("removed the " + what));
    out().println(Counted.of(removed.size(), "attachment") + " removed");
    return true;
  }

  private boolean examine() {
    List<Finding> findings = Examination.all();
    boolean well = findings.stream().noneMatch(finding -> finding.grade() == Grade.MISSING);
    if (json) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("ok", well);
      all.put("findings", findings);
      if (features) {
        all.put("features", FeatureList.all());
      }
      out().println(Json.print(all));
      return well;
    }
    findings.forEach(this::print);
    out().println();
    out()
        .println(
            well
                ? "programs can be loaded" + limits(findings)
                : "programs cannot be loaded: see what is missing");
    if (features) {
      out().println();
      FeatureList.all().forEach((topic, names) -> out().println(topic + ": " + names));
    }
    return well;
  }

  private static String limits(List<Finding> findings) {
    long limited = findings.stream().filter(finding -> finding.grade() == Grade.LIMITED).count();
    return limited == 0 ? "" : "; " + Counted.of(limited, "thing") + " to know of";
  }

  private void print(Finding finding) {
    String mark =
        switch (finding.grade()) {
          case OK -> "ok      ";
          case LIMITED -> "limited ";
          case MISSING -> "MISSING ";
        };
    out().println(mark + finding.topic() + ": " + finding.state());
    out().println("          " + finding.meaning());
    if (!finding.remedy().isEmpty()) {
      out().println("          do: " + finding.remedy());
    }
  }
}
