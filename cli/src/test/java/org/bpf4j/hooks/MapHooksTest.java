package org.bpf4j.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.bpf4j.handle.Hook;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.handle.LoadedMap.UpdateMode;
import org.bpf4j.handle.LoadedRing;
import org.bpf4j.handle.MapObject;
import org.bpf4j.handle.TestInput;
import org.bpf4j.kernel.NotPermittedException;
import org.bpf4j.object.MapKind;
import org.junit.jupiter.api.Test;

/// Maps that user space fills and programs read, and the other way round.
class MapHooksTest {

  private static final int PACKET_BYTES = 64;

  private static final MemorySegment NO_KEY = MemorySegment.NULL;

  /// As Ipv4Prefix keys are laid out: the length, then the address in network order.
  private static final MemorySegment WRITTEN_ROUTE =
      MemorySegment.ofArray(new byte[] {32, 0, 0, 0, 10, 0, 0, 1});

  private static final MemorySegment READ_ROUTE =
      MemorySegment.ofArray(new byte[] {16, 0, 0, 0, 11, 0, 0, 0});

  private static int run(LiveCase live, String program) {
    return live.program(program).run(TestInput.packet(new byte[PACKET_BYTES])).returnValue();
  }

  private static MemorySegment key(int number) {
    return MemorySegment.ofArray(new int[] {number});
  }

  /// The same number for every CPU.
  private static void put(LoadedMap map, MemorySegment key, long number) {
    long[] values = LongStream.generate(() -> number).limit(map.valuesPerKey()).toArray();
    assertThat(map.update(key, MemorySegment.ofArray(values), UpdateMode.ANY)).isTrue();
  }

  /// The greatest number of any CPU.
  private static long get(LoadedMap map, MemorySegment key) {
    long[] values = new long[map.valuesPerKey()];
    assertThat(map.lookup(key, MemorySegment.ofArray(values))).isTrue();
    return LongStream.of(values).max().orElseThrow();
  }

  @Test
  @Shares({
    MapKind.ARRAY,
    MapKind.PERCPU_ARRAY,
    MapKind.HASH,
    MapKind.PERCPU_HASH,
    MapKind.LRU_HASH,
    MapKind.LRU_PERCPU_HASH,
    MapKind.LPM_TRIE
  })
  void valuesWithKeys() throws Exception {
    List<String> names = List.of("array", "perCpuArray", "hash", "perCpuHash", "lru", "perCpuLru");
    try (LiveCase live = LiveCase.load("maps/both-sides")) {
      names.forEach(name -> put(live.map(name), key(1), 20));
      put(live.map("routes"), WRITTEN_ROUTE, 20);
      run(live, "keyed");
      for (String name : names) {
        assertThat(get(live.map(name), key(2))).as(name).isEqualTo(21);
      }
      assertThat(get(live.map("routes"), READ_ROUTE)).isEqualTo(21);
    }
  }

  @Test
  @Shares({MapKind.QUEUE, MapKind.STACK})
  void valuesWithoutKeys() throws Exception {
    try (LiveCase live = LiveCase.load("maps/both-sides")) {
      put(live.map("queue"), NO_KEY, 20);
      run(live, "unkeyed");
      MemorySegment value = MemorySegment.ofArray(new long[1]);
      assertThat(live.map("stack").take(NO_KEY, value)).isTrue();
      assertThat(value.get(ValueLayout.JAVA_LONG, 0)).isEqualTo(21);
      assertThat(live.map("queue").take(NO_KEY, value)).isTrue();
      assertThat(value.get(ValueLayout.JAVA_LONG, 0)).isEqualTo(22);
    }
  }

  @Test
  @Shares(MapKind.BLOOM_FILTER)
  void filters() throws Exception {
    try (LiveCase live = LiveCase.load("maps/both-sides-newer")) {
      put(live.map("filter"), NO_KEY, 20);
      run(live, "ask");
      assertThat(live.number("known")).isOne();
      assertThat(live.map("filter").lookup(NO_KEY, MemorySegment.ofArray(new long[] {21})))
          .isTrue();
      assertThat(live.map("filter").lookup(NO_KEY, MemorySegment.ofArray(new long[] {22})))
          .isFalse();
    }
  }

  @Test
  @Shares({MapKind.ARRAY_OF_MAPS, MapKind.HASH_OF_MAPS, MapKind.PROG_ARRAY})
  void mapsAndProgramsInMaps() throws Exception {
    try (LiveCase live = LiveCase.load("maps/both-sides")) {
      LoadedMap array = live.map("arrays").createInner();
      LoadedMap table = live.map("tables").createInner();
      live.map("arrays").assign(key(1), new MapObject.OfMap(array));
      live.map("tables").assign(key(1), new MapObject.OfMap(table));
      put(table, key(1), 20);
      run(live, "inner");
      assertThat(get(array, key(1))).isEqualTo(21);
      assertThat(get(table, key(2))).isEqualTo(22);
      assertThat(run(live, "call")).isZero();
      live.map("stages").assign(key(0), new MapObject.OfProgram(live.program("next")));
      assertThat(run(live, "call")).isEqualTo(2);
      assertThat(live.number("passed")).isOne();
    }
  }

  @Test
  @Shares({MapKind.RINGBUF, MapKind.PERF_EVENT_ARRAY})
  void streams() throws Exception {
    try (LiveCase live = LiveCase.load("maps/both-sides")) {
      List<LoadedRing> rings = List.of(live.ring("sent"), live.ring("events"));
      run(live, "records");
      assertThat(numbers(rings)).containsExactly(21L, 22L);
    }
  }

  @Test
  @Shares(MapKind.USER_RINGBUF)
  void lettersAreAnswered() throws Exception {
    try (LiveCase live = LiveCase.load("maps/both-sides-newer")) {
      assertThat(
              live.userRing("letters")
                  .offer(Long.BYTES, letter -> letter.set(ValueLayout.JAVA_LONG, 0, 20)))
          .isTrue();
      run(live, "answer");
      assertThat(live.number("read")).isOne();
      assertThat(numbers(List.of(live.ring("answers")))).containsExactly(21L);
    }
  }

  private static List<Long> numbers(List<LoadedRing> rings) throws InterruptedException {
    List<Long> numbers = new ArrayList<>();
    for (LoadedRing ring : rings) {
      assertThat(ring.await(Duration.ofSeconds(5))).isTrue();
      ring.consume(record -> numbers.add(record.get(ValueLayout.JAVA_LONG_UNALIGNED, 0)));
    }
    return numbers;
  }

  /// The child lives on while its value is read.
  @Test
  @Shares(MapKind.TASK_STORAGE)
  void whatHangsOnTasks() throws Exception {
    int own = Math.toIntExact(ProcessHandle.current().pid());
    try (LiveCase live = LiveCase.load("kernel/owners")) {
      live.set("process", own);
      live.attach("forked", new Hook.Tracing("sched_process_fork"));
      Process child = new ProcessBuilder("sleep", "60").start();
      try {
        LoadedMap origins = live.map("origins");
        MemorySegment parent = MemorySegment.ofArray(new int[1]);
        assertThat(
                origins.<Boolean>withOwner(
                    new MapObject.OfProcess(child.pid()), key -> origins.lookup(key, parent)))
            .isTrue();
        assertThat(parent.get(ValueLayout.JAVA_INT, 0)).isEqualTo(own);
      } finally {
        child.destroyForcibly().waitFor();
      }
      assertThat(live.number("seen")).isPositive();
    }
  }

  @Test
  @Shares({MapKind.STACK_TRACE, MapKind.CGROUP_ARRAY})
  void whereTasksAre() throws Exception {
    try (TestCgroup cgroup = TestCgroup.create();
        LiveCase live = LiveCase.load("kernel/whereabouts")) {
      live.set("process", Math.toIntExact(ProcessHandle.current().pid()));
      Path root = cgroup.directory().getParent();
      live.map("groups").assign(key(0), new MapObject.OfCgroup(root));
      live.attach("forked", new Hook.Tracing("sched_process_fork"));
      Shell.must("true");
      assertThat(live.number("inside")).isPositive();
      LoadedMap stacks = live.map("stacks");
      long[] addresses = new long[stacks.valueBytes() / Long.BYTES];
      assertThat(stacks.lookup(key(live.number("stack")), MemorySegment.ofArray(addresses)))
          .isTrue();
      assertThat(addresses[0]).isNegative();
    }
  }

  @Test
  @Does(value = "a timer runs code", since = "5.15")
  void timers() throws Exception {
    try (LiveCase live = LiveCase.load("maps/timers")) {
      run(live, "count");
      run(live, "count");
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (live.number("expired") == 0 && System.nanoTime() < end) {
        Thread.sleep(20);
      }
      assertThat(live.number("expired")).isEqualTo(PACKET_BYTES);
      assertThat(live.number("packets")).isEqualTo(2);
    }
  }

  @Test
  @Does(value = "work is done behind a program", since = "6.10")
  void workBehindAProgram() throws Exception {
    try (LiveCase live = LiveCase.load("maps/work")) {
      for (int i = 0; i < 3; i++) {
        run(live, "count");
      }
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (live.number("cleaned") == 0 && System.nanoTime() < end) {
        Thread.sleep(20);
      }
      assertThat(live.number("cleaned")).isEqualTo(PACKET_BYTES);
    }
  }

  @Test
  @Shares(MapKind.CGRP_STORAGE)
  void whatHangsOnControlGroups() throws Exception {
    try (TestCgroup cgroup = TestCgroup.create();
        LiveCase live = LiveCase.load("kernel/cgroup-storage")) {
      String path =
          Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
              .filter(line -> line.startsWith("0::/"))
              .findFirst()
              .orElseThrow()
              .substring("0::/".length());
      Path own = cgroup.directory().getParent().resolve(path);
      live.program("count").run(TestInput.context(new byte[0]));
      MemorySegment calls = MemorySegment.ofArray(new int[1]);
      LoadedMap seen = live.map("seen");
      assertThat(
              seen.<Boolean>withOwner(new MapObject.OfCgroup(own), key -> seen.lookup(key, calls)))
          .isTrue();
      assertThat(calls.get(ValueLayout.JAVA_INT, 0)).isOne();
    }
  }

  @Test
  @Does("one side only reads a map, or only writes it")
  void sidesThatMayOnlyReadOrWrite() throws Exception {
    try (LiveCase live = LiveCase.load("maps/guarded-for-user-space")) {
      put(live.map("taken"), key(1), 20);
      run(live, "move");
      assertThat(get(live.map("shown"), key(1))).isEqualTo(21);
      assertThatThrownBy(() -> put(live.map("shown"), key(1), 5))
          .isInstanceOf(NotPermittedException.class);
      assertThatThrownBy(() -> get(live.map("taken"), key(1)))
          .isInstanceOf(NotPermittedException.class);
    }
  }

  @Test
  @Does("connections inherit what hangs on their server")
  void connectionsInheritWhatHangsOnTheirServer() throws Exception {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
    try (LiveCase live = LiveCase.load("maps/guarded-for-user-space");
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.INET)) {
      LoadedMap limits = live.map("limits");
      MemorySegment value = MemorySegment.ofArray(new int[] {7});
      server.bind(anyPort);
      limits.<Boolean>withOwner(
          new MapObject.OfSocket(server), key -> limits.update(key, value, UpdateMode.ANY));
      MemorySegment found = MemorySegment.ofArray(new int[1]);
      try (SocketChannel near = SocketChannel.open(server.getLocalAddress());
          SocketChannel far = server.accept()) {
        assertThat(
                limits.<Boolean>withOwner(
                    new MapObject.OfSocket(far), key -> limits.lookup(key, found)))
            .isTrue();
        assertThat(found.get(ValueLayout.JAVA_INT, 0)).isEqualTo(7);
        assertThat(
                limits.<Boolean>withOwner(
                    new MapObject.OfSocket(near), key -> limits.lookup(key, found)))
            .isFalse();
      }
    }
  }
}
