package org.bpf4j.object;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What iterators list, by the kernel's names, and the first kernels that have it.
///
/// The names are those with which the kernel's parts call `bpf_iter_reg_target`.
public final class KernelLists {

  private static final Map<String, KernelVersion> SINCE =
      Map.of(
              "5.10",
              "bpf_map bpf_map_elem bpf_prog bpf_sk_storage_map ipv6_route netlink sockmap task"
                  + " task_file tcp udp",
              "5.12",
              "task_vma",
              "5.15",
              "unix",
              "5.19",
              "bpf_link",
              "6.0",
              "ksym",
              "6.1",
              "cgroup",
              "6.13",
              "kmem_cache",
              "6.16",
              "dmabuf")
          .entrySet()
          .stream()
          .flatMap(
              row ->
                  Stream.of(row.getValue().split(" "))
                      .map(name -> Map.entry(name, KernelVersion.parse(row.getKey()))))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private KernelLists() {}

  /// The first kernel with a list; empty for lists that are not known, such as those of modules.
  public static Optional<KernelVersion> since(String name) {
    return Optional.ofNullable(SINCE.get(name));
  }
}
