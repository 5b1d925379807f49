package org.bpf4j.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpf4j.btf.BtfType;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.Hook.Direction;
import org.bpf4j.handle.Hook.XdpMode;
import org.bpf4j.handle.Link;
import org.bpf4j.handle.LoadedMap.UpdateMode;
import org.bpf4j.handle.LoadedObject;
import org.bpf4j.handle.MapMemory;
import org.bpf4j.handle.Place;
import org.bpf4j.handle.TestInput;
import org.bpf4j.inventory.Holder;
import org.bpf4j.inventory.LinkTarget;
import org.bpf4j.inventory.ListedLink;
import org.bpf4j.inventory.ListedMap;
import org.bpf4j.inventory.ListedProgram;
import org.bpf4j.inventory.ListedTypes;
import org.bpf4j.kernel.RealKernel;
import org.bpf4j.load.ObjectText;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.MapKind;
import org.bpf4j.object.ProgramFamily;
import org.bpf4j.sys.Cpus;
import org.bpf4j.sys.NetworkNamespace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.TestAbortedException;

/// Compares what is listed with what bpftool says, of objects that the test loaded itself.
class KernelInventoryTest {

  private static final String LONG_NAME = "a_program_whose_name_is_longer_than_fifteen_letters";

  @BeforeEach
  void real() {
    RealKernel.use();
  }

  private static void needsBpftool() {
    if (!Files.isExecutable(Path.of("/usr/sbin/bpftool"))) {
      throw new TestAbortedException("there is no bpftool to compare with");
    }
  }

  private static LoadedObject load(String section) {
    return new ObjectText()
        .data(".bss", "count", 0)
        .map("table", MapKind.HASH, 4, 8, 100)
        .program(
            section,
            LONG_NAME,
            """
            r1 = data .bss 0
            r2 = 1
            lock *(u64 *)(r1 + 0) += r2
            r1 = map table
            r0 = 0
            exit
            """)
        .load();
  }

  private static int id(LoadedObject object) {
    return KernelInventory.describe(object.program(LONG_NAME)).id();
  }

  @Test
  void describesAProgramAsBpftoolDoes() throws Exception {
    needsBpftool();
    try (LoadedObject object = load("xdp")) {
      int id = id(object);
      ListedProgram program = KernelInventory.program(id).orElseThrow();
      Map<String, Object> told =
          JsonText.of("bpftool", "-j", "prog", "show", "id", Integer.toString(id));
      assertThat(program.type()).isEqualTo(told.get("type")).isEqualTo("xdp");
      assertThat(program.name()).isEqualTo(told.get("name")).isEqualTo(LONG_NAME);
      assertThat(program.tag()).isEqualTo(told.get("tag"));
      assertThat(program.gplCompatible()).isEqualTo(told.get("gpl_compatible"));
      assertThat((long) program.user()).isEqualTo(told.get("uid"));
      assertThat((long) program.code().translatedBytes()).isEqualTo(told.get("bytes_xlated"));
      assertThat((long) program.code().jitedBytes())
          .isEqualTo(told.getOrDefault("bytes_jited", 0L));
      assertThat(program.code().lockedBytes()).hasValue((Long) told.get("bytes_memlock"));
      assertThat((long) program.typesId()).isEqualTo(told.get("btf_id"));
      assertThat(program.mapIds().stream().map(Integer::longValue).toList())
          .isEqualTo(told.get("map_ids"));
      assertThat(program.loadedAt())
          .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
      assertThat(Math.abs(program.loadedAt().getEpochSecond() - (Long) told.get("loaded_at")))
          .isLessThanOrEqualTo(1);
      assertThat(program.code().verifiedInsns().orElse(1)).isPositive();
      assertThat(program.tenure().holders())
          .extracting(Holder::process)
          .contains(ProcessHandle.current().pid());
      assertThat(KernelInventory.programs()).extracting(ListedProgram::id).contains(id);
    }
  }

  @Test
  void describesAMapAsBpftoolDoes() throws Exception {
    needsBpftool();
    try (LoadedObject object = load("xdp")) {
      int id = KernelInventory.describe(object.map("table")).id();
      ListedMap map = KernelInventory.map(id).orElseThrow();
      Map<String, Object> told =
          JsonText.of("bpftool", "-j", "map", "show", "id", Integer.toString(id));
      assertThat(map.type()).isEqualTo(told.get("type")).isEqualTo("hash");
      assertThat(map.name()).isEqualTo(told.get("name")).isEqualTo("table");
      assertThat((long) map.keyBytes()).isEqualTo(told.get("bytes_key"));
      assertThat((long) map.valueBytes()).isEqualTo(told.get("bytes_value"));
      assertThat(map.maxEntries()).isEqualTo(told.get("max_entries"));
      assertThat((long) map.flags()).isEqualTo(told.get("flags"));
      assertThat(map.memory()).contains(MapMemory.counted((Long) told.get("bytes_memlock")));
      assertThat(map.frozen().map(frozen -> frozen ? 1L : 0L)).contains((Long) told.get("frozen"));
      assertThat(map.tenure().holders())
          .extracting(Holder::process)
          .contains(ProcessHandle.current().pid());
      assertThat(KernelInventory.maps()).extracting(ListedMap::id).contains(id);
      assertThat(object.memory("table")).isEqualTo(map.memory().orElseThrow());
    }
  }

  private static ListedLink link(int program) {
    return KernelInventory.links().stream()
        .filter(listed -> listed.programId() == program)
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, Object> toldOf(ListedLink link) throws Exception {
    return JsonText.of("bpftool", "-j", "link", "show", "id", Integer.toString(link.id()));
  }

  @Test
  void describesALinkToAnInterface() throws Exception {
    needsBpftool();
    try (NetworkNamespace namespace = new NetworkNamespace();
        LoadedObject object = load("xdp");
        Link _ =
            namespace.call(
                () -> object.program(LONG_NAME).attach(new Hook.Xdp("v0", XdpMode.GENERIC)))) {
      ListedLink link = namespace.call(() -> link(id(object)));
      assertThat(link.target()).isInstanceOf(LinkTarget.Xdp.class);
      assertThat(((LinkTarget.Xdp) link.target()).interfaceName()).isEqualTo("v0");
      Map<String, Object> told = toldOf(link);
      assertThat(told).containsEntry("type", "xdp").containsEntry("prog_id", (long) id(object));
      int index = ((LinkTarget.Xdp) link.target()).networkInterface();
      assertThat(namespace.tool("ip", "-o", "link", "show", "v0")).startsWith(index + ": ");
    }
  }

  @Test
  void describesLinksToGroupsAndNamespaces() throws Exception {
    needsBpftool();
    Path group = Files.createTempDirectory(groups(), "bpf4j-test-");
    try (LoadedObject object = load("cgroup_skb/egress");
        Link link =
            object.program(LONG_NAME).attach(new Hook.Cgroup(group, ProgramFamily.CGROUP_SKB))) {
      ListedLink listed = link.info();
      assertThat(listed.target())
          .isEqualTo(
              new LinkTarget.Cgroup(
                  (long) Files.getAttribute(group, "unix:ino"), "cgroup_inet_egress"));
      assertThat(toldOf(listed))
          .containsEntry("type", "cgroup")
          .containsEntry("prog_id", (long) listed.programId())
          .containsEntry("cgroup_id", ((LinkTarget.Cgroup) listed.target()).cgroup());
    } finally {
      Files.delete(group);
    }
    try (NetworkNamespace namespace = new NetworkNamespace();
        LoadedObject object = load("flow_dissector");
        Link link =
            namespace.call(
                () ->
                    object
                        .program(LONG_NAME)
                        .attach(
                            new Hook.Namespace(
                                Path.of("/proc/thread-self/ns/net"),
                                ProgramFamily.FLOW_DISSECTOR)))) {
      ListedLink listed = link.info();
      LinkTarget.NetworkNamespace target = (LinkTarget.NetworkNamespace) listed.target();
      assertThat(target.attachType()).isEqualTo("flow_dissector");
      assertThat(toldOf(listed))
          .containsEntry("type", "netns")
          .containsEntry("prog_id", (long) listed.programId())
          .containsEntry("netns_ino", Integer.toUnsignedLong(target.namespace()))
          .containsEntry("attach_type", "flow_dissector");
    }
  }

  private static Path groups() throws Exception {
    return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
        .map(line -> line.split(" "))
        .filter(words -> words[2].equals("cgroup2"))
        .map(words -> Path.of(words[1]))
        .findFirst()
        .orElseThrow(() -> new TestAbortedException("no cgroup2 is mounted"));
  }

  @Test
  void describesLinksToTrafficControl() throws Exception {
    try (NetworkNamespace namespace = new NetworkNamespace();
        LoadedObject object = load("tc");
        Link link =
            namespace.call(
                () -> object.program(LONG_NAME).attach(new Hook.Tc("v0", Direction.EGRESS)))) {
      if (!link.diesWithProcess()) {
        throw new TestAbortedException("this kernel has no tcx");
      }
      LinkTarget.Tcx target = (LinkTarget.Tcx) namespace.call(() -> link(id(object))).target();
      assertThat(target.interfaceName()).isEqualTo("v0");
      assertThat(target.attachType()).isEqualTo("tcx_egress");
    }
  }

  @Test
  void describesLinksToTracepoints() throws Exception {
    needsBpftool();
    try (LoadedObject object = load("raw_tracepoint/sys_enter");
        Link _ = object.program(LONG_NAME).attach(new Hook.RawTracepoint("sys_enter"))) {
      ListedLink link = link(id(object));
      assertThat(((LinkTarget.RawTracepoint) link.target()).name()).isEqualTo("sys_enter");
      assertThat(toldOf(link))
          .containsEntry("type", "raw_tracepoint")
          .containsEntry("tp_name", "sys_enter");
    }
    if (new KernelVersion(5, 15).isNewerThanRunning()) {
      return;
    }
    try (LoadedObject object = load("tracepoint/syscalls/sys_enter_execve");
        Link _ =
            object
                .program(LONG_NAME)
                .attach(new Hook.Tracepoint("syscalls", "sys_enter_execve").withCookie(77))) {
      ListedLink link = link(id(object));
      assertThat(link.target().type()).isEqualTo("perf_event");
      if (link.target() instanceof LinkTarget.Tracepoint(String name, var cookie)) {
        assertThat(name).isEqualTo("sys_enter_execve");
        cookie.ifPresent(number -> assertThat(number).isIn(0L, 77L));
      } else {
        assertThat(link.target()).isInstanceOf(LinkTarget.Event.class);
      }
    }
  }

  @Test
  void namesIterators() {
    assertThat(new LinkTarget.Iterator("task", 0).type()).isEqualTo("iter");
    assertThat(new LinkTarget.Other(99).type()).isEqualTo("type 99");
  }

  @Test
  void findsPinsAndForgetsThem() throws Exception {
    Path folder = Path.of("/sys/fs/bpf/bpf4j-test-" + ProcessHandle.current().pid());
    Path pin = folder.resolve("link");
    try (NetworkNamespace namespace = new NetworkNamespace();
        LoadedObject object = load("xdp")) {
      Files.createDirectory(folder);
      Hook hook = new Hook.Xdp("v0", XdpMode.GENERIC);
      Link link = namespace.call(() -> object.program(LONG_NAME).attach(hook));
      link.pin(pin);
      assertThat(link(id(object)).tenure().pins()).containsExactly(pin);
      link.close();
      assertThat(link(id(object)).tenure().pins()).containsExactly(pin);
      Files.delete(pin);
    } finally {
      Files.deleteIfExists(pin);
      Files.deleteIfExists(folder);
    }
  }

  @Test
  void listsTypesAndReadsThem() {
    try (LoadedObject object = load("xdp")) {
      int id = KernelInventory.describe(object.program(LONG_NAME)).typesId();
      ListedTypes types = KernelInventory.types(id).orElseThrow();
      assertThat(types.ofKernel()).isFalse();
      assertThat(types.bytes()).isPositive();
      var read = KernelInventory.readTypes(id).orElseThrow();
      assertThat(read.count()).isPositive();
      boolean named = false;
      for (int type = 1; type <= read.count(); type++) {
        named |= read.type(type) instanceof BtfType.Func f && f.name().equals(LONG_NAME);
      }
      assertThat(named).isTrue();
      List<ListedTypes> all = KernelInventory.types();
      assertThat(all).extracting(ListedTypes::id).contains(id);
      if (!new KernelVersion(5, 11).isNewerThanRunning()) {
        assertThat(all).extracting(ListedTypes::name).contains("vmlinux");
      }
    }
  }

  @Test
  void opensMapsByNumber() {
    try (LoadedObject object = load("xdp")) {
      MemorySegment key = MemorySegment.ofArray(new byte[] {1, 2, 3, 4});
      MemorySegment value = MemorySegment.ofArray(new byte[] {9, 0, 0, 0, 0, 0, 0, 0});
      object.map("table").update(key, value, UpdateMode.ANY);
      int id = KernelInventory.describe(object.map("table")).id();
      try (OpenedMap opened = KernelInventory.openMap(Place.id(id)).orElseThrow()) {
        MemorySegment found = MemorySegment.ofArray(new byte[8]);
        assertThat(opened.map().lookup(key, found)).isTrue();
        assertThat(found.get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 9);
        assertThat(opened.listed().name()).isEqualTo("table");
      }
    }
  }

  @Test
  void knowsNothingOfNumbersThatAreNotThere() {
    assertThat(KernelInventory.program(Integer.MAX_VALUE)).isEmpty();
    assertThat(KernelInventory.map(Integer.MAX_VALUE)).isEmpty();
    assertThat(KernelInventory.link(Integer.MAX_VALUE)).isEmpty();
    assertThat(KernelInventory.types(Integer.MAX_VALUE)).isEqualTo(Optional.empty());
    assertThat(KernelInventory.openMap(Place.id(Integer.MAX_VALUE))).isEmpty();
  }

  @Test
  void countsRunsWhileItIsAskedTo() {
    try (LoadedObject object = load("xdp");
        RunStatistics _ = KernelInventory.countRuns()) {
      for (int i = 0; i < 5; i++) {
        object.program(LONG_NAME).run(TestInput.packet(new byte[64]));
      }
      ListedProgram program = KernelInventory.describe(object.program(LONG_NAME));
      assertThat(program.activity().runs()).isGreaterThanOrEqualTo(5);
      assertThat(program.activity().time()).isGreaterThan(Duration.ZERO);
    }
  }

  /// Headers of maps are not computed; what is, is what the kernel counts since 6.4.
  @ParameterizedTest
  @EnumSource(
      value = MapKind.class,
      names = {
        "HASH",
        "ARRAY",
        "PERCPU_HASH",
        "PERCPU_ARRAY",
        "LRU_HASH",
        "LRU_PERCPU_HASH",
        "STACK_TRACE",
        "QUEUE",
        "STACK",
        "RINGBUF",
        "BLOOM_FILTER",
        "PROG_ARRAY",
        "CGROUP_ARRAY"
      })
  void computesTheMemoryOfMaps(MapKind kind) {
    if (kind.since().isNewerThanRunning()) {
      throw new TestAbortedException("this kernel has no " + kind);
    }
    int keys = kind.content() == MapKind.Content.QUEUE || kind == MapKind.BLOOM_FILTER ? 0 : 4;
    int values = kind.content() == MapKind.Content.OBJECTS ? 4 : 24;
    boolean ring = kind == MapKind.RINGBUF;
    ObjectText text =
        new ObjectText()
            .map("measured", kind, ring ? 0 : keys, ring ? 0 : values, ring ? 65_536 : 10_000)
            .program("xdp", "none", "r0 = 0\nexit");
    try (LoadedObject object = text.load()) {
      MapMemory counted = object.memory("measured");
      MapMemory computed = MapMemory.computed(text.build().maps().getFirst(), Cpus.possible());
      assertThat(counted.source()).isEqualTo(MapMemory.Source.KERNEL);
      if (kind == MapKind.BLOOM_FILTER || ring || counted.bytes() > 10_000) {
        assertThat(counted.bytes() - computed.bytes()).isBetween(0L, 4096L);
      }
    }
  }
}
