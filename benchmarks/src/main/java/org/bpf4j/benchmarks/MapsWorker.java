package org.bpf4j.benchmarks;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongUnaryOperator;
import org.bpf4j.benchmarks.TablesBpf.ValueView;
import org.bpf4j.handle.Codec;
import org.bpf4j.handle.Codecs;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.handle.LoadedMap.UpdateMode;
import org.bpf4j.handle.MapAccess;
import org.bpf4j.handle.MapBatch;
import org.bpf4j.handle.Place;
import org.bpf4j.handle.Storage;
import org.bpf4j.handle.TypedMap;
import org.bpf4j.inspect.KernelInventory;

/// Accesses maps as somebody does who uses the library, and takes the time.
///
/// It reads lines and answers each with one: `open hash=ID array=ID percpu=ID marray=ID` opens maps
/// that another process made; `ops` lists what can be measured; `run OP N` does an operation for N
/// elements and says the thread's CPU time in ns and a checksum; `allocated OP N` says the bytes
/// that were allocated instead. The maps hold 4096 entries of eight numbers: `8 * key + j`.
public final class MapsWorker {

  private static final int ENTRIES = 4096;
  private static final int BATCH = 1024;

  /// Reads a value as a generated codec would.
  private static final Codec<Tables.Value> CODEC =
      Codecs.codec(ValueView.BYTES, MapsWorker::write, MapsWorker::read);

  private static void write(Tables.Value value, MemorySegment to, long at) {
    ValueView.a(to, at, value.a);
    ValueView.b(to, at, value.b);
    ValueView.c(to, at, value.c);
    ValueView.d(to, at, value.d);
    ValueView.e(to, at, value.e);
    ValueView.f(to, at, value.f);
    ValueView.g(to, at, value.g);
    ValueView.h(to, at, value.h);
  }

  private static Tables.Value read(MemorySegment from, long at) {
    Tables.Value value = new Tables.Value();
    value.a = ValueView.a(from, at);
    value.b = ValueView.b(from, at);
    value.c = ValueView.c(from, at);
    value.d = ValueView.d(from, at);
    value.e = ValueView.e(from, at);
    value.f = ValueView.f(from, at);
    value.g = ValueView.g(from, at);
    value.h = ValueView.h(from, at);
    return value;
  }

  private final LoadedMap hash;
  private final LoadedMap array;
  private final LoadedMap percpu;
  private final MemorySegment mapped;
  private final TypedMap<Long, Tables.Value> typed;
  private final Map<String, LongUnaryOperator> operations = new LinkedHashMap<>();

  private MapsWorker(Map<String, Integer> ids) {
    hash = open(ids, "hash");
    array = open(ids, "array");
    percpu = open(ids, "percpu");
    mapped = open(ids, "marray").mapped().orElseThrow();
    typed = new TypedMap<>(hash, Codecs.LONG, CODEC);
    operations.put("hash.lookup", this::lookups);
    operations.put("hash.miss", this::misses);
    operations.put("hash.update", this::updates);
    operations.put("hash.insert_delete", this::insertsAndDeletes);
    operations.put("hash.iterate", this::walk);
    operations.put("hash.batch_lookup", count -> batches(hash, count));
    operations.put("hash.batch_update", this::batchUpdates);
    operations.put("array.lookup", this::elements);
    operations.put("array.update", count -> elementUpdates(array, 1, count));
    operations.put("array.batch_lookup", count -> batches(array, count));
    operations.put("percpu.lookup", this::valuesOfCpus);
    operations.put("percpu.update", count -> elementUpdates(percpu, percpu.valuesPerKey(), count));
    operations.put("mmap.read_u64", this::reads);
    operations.put("mmap.read_u64_seq", this::readsInOrder);
    operations.put("mmap.read_64B", this::readsOfValues);
    operations.put("mmap.write_u64", this::writes);
    operations.put("mmap.atomic_add", this::additions);
  }

  private static LoadedMap open(Map<String, Integer> ids, String name) {
    Integer id = Objects.requireNonNull(ids.get(name), name);
    return KernelInventory.openMap(Place.id(id)).orElseThrow().map();
  }

  /// A fixed walk over all keys.
  private static long key(long i) {
    return i * 2654435761L & ENTRIES - 1;
  }

  private static void fill(MemorySegment value, long at, long key) {
    long first = key * 8;
    ValueView.a(value, at, first);
    ValueView.b(value, at, first + 1);
    ValueView.c(value, at, first + 2);
    ValueView.d(value, at, first + 3);
    ValueView.e(value, at, first + 4);
    ValueView.f(value, at, first + 5);
    ValueView.g(value, at, first + 6);
    ValueView.h(value, at, first + 7);
  }

  private long lookups(long count) {
    long sum = 0;
    for (long i = 0; i < count; i++) {
      try (MapAccess access = hash.access()) {
        access.key().set(JAVA_LONG, 0, key(i));
        if (access.find()) {
          sum += ValueView.b(access.value());
        }
      }
    }
    return sum;
  }

  private long misses(long count) {
    long sum = 0;
    for (long i = 0; i < count; i++) {
      try (MapAccess access = hash.access()) {
        access.key().set(JAVA_LONG, 0, ENTRIES + key(i));
        sum += access.find() ? 0 : 1;
      }
    }
    return sum;
  }

  private long updates(long count) {
    long sum = 0;
    for (long i = 0; i < count; i++) {
      try (MapAccess access = hash.access()) {
        access.key().set(JAVA_LONG, 0, key(i));
        fill(access.value(), 0, key(i));
        sum += access.store(UpdateMode.IF_PRESENT) ? 1 : 0;
      }
    }
    return sum;
  }

  private long insertsAndDeletes(long count) {
    long sum = 0;
    for (long i = 0; i < count; i++) {
      long key = ENTRIES + key(i);
      try (MapAccess access = hash.access()) {
        access.key().set(JAVA_LONG, 0, key);
        fill(access.value(), 0, key);
        sum += access.store(UpdateMode.IF_ABSENT) ? 1 : 0;
      }
      try (MapAccess access = hash.access()) {
        access.key().set(JAVA_LONG, 0, key);
        sum += access.erase() ? 1 : 0;
      }
    }
    return sum;
  }

  /// Whole passes; each entry becomes objects.
  private long walk(long count) {
    long[] sumAndDone = new long[2];
    while (sumAndDone[1] < count) {
      typed.forEach(
          (_, value) -> {
            if (sumAndDone[1] < count) {
              sumAndDone[0] += value.b;
              sumAndDone[1]++;
            }
          });
    }
    return sumAndDone[0];
  }

  private static long batches(LoadedMap map, long count) {
    long sum = 0;
    long done = 0;
    while (done < count) {
      try (MapBatch batch = map.batch(BATCH)) {
        for (int read = batch.next(); read > 0; read = batch.next()) {
          MemorySegment values = batch.values();
          for (int i = 0; i < read; i++) {
            sum += ValueView.b(values, (long) i * ValueView.BYTES);
          }
          done += read;
        }
      }
    }
    return sum;
  }

  private long batchUpdates(long count) {
    long sum = 0;
    try (MapBatch batch = hash.batch(BATCH)) {
      MemorySegment keys = batch.keys();
      MemorySegment values = batch.values();
      for (long done = 0; done < count; done += BATCH) {
        for (int i = 0; i < BATCH; i++) {
          long key = key(done + i);
          keys.setAtIndex(JAVA_LONG, i, key);
          fill(values, (long) i * ValueView.BYTES, key);
        }
        sum += batch.store(BATCH, UpdateMode.ANY);
      }
    }
    return sum;
  }

  private long elements(long count) {
    long sum = 0;
    for (long i = 0; i < count; i++) {
      try (MapAccess access = array.access()) {
        access.key().set(JAVA_INT, 0, (int) key(i));
        if (access.find()) {
          sum += ValueView.b(access.value());
        }
      }
    }
    return sum;
  }

  private static long elementUpdates(LoadedMap map, int copies, long count) {
    long sum = 0;
    for (long i = 0; i < count; i++) {
      try (MapAccess access = map.access()) {
        access.key().set(JAVA_INT, 0, (int) key(i));
        for (int cpu = 0; cpu < copies; cpu++) {
          fill(access.value(), cpu * ValueView.STRIDE, key(i));
        }
        sum += access.store(UpdateMode.ANY) ? 1 : 0;
      }
    }
    return sum;
  }

  private long valuesOfCpus(long count) {
    long sum = 0;
    int cpus = percpu.valuesPerKey();
    for (long i = 0; i < count; i++) {
      try (MapAccess access = percpu.access()) {
        access.key().set(JAVA_INT, 0, (int) key(i));
        if (access.find()) {
          for (int cpu = 0; cpu < cpus; cpu++) {
            sum += ValueView.b(access.value(), cpu * ValueView.STRIDE);
          }
        }
      }
    }
    return sum;
  }

  private long reads(long count) {
    int times = Math.toIntExact(count);
    MemorySegment memory = mapped;
    long sum = 0;
    for (int i = 0; i < times; i++) {
      sum += ValueView.b(memory, key(i) * ValueView.STRIDE);
    }
    return sum;
  }

  private long readsInOrder(long count) {
    MemorySegment memory = mapped;
    long sum = 0;
    for (long left = count; left > 0; left -= ENTRIES) {
      int some = (int) Math.min(left, ENTRIES);
      for (int i = 0; i < some; i++) {
        sum += ValueView.b(memory, (long) i * ValueView.STRIDE);
      }
    }
    return sum;
  }

  private long readsOfValues(long count) {
    int times = Math.toIntExact(count);
    MemorySegment memory = mapped;
    long sum = 0;
    for (int i = 0; i < times; i++) {
      long at = key(i) * ValueView.STRIDE;
      sum += ValueView.a(memory, at) + ValueView.b(memory, at);
      sum += ValueView.c(memory, at) + ValueView.d(memory, at);
      sum += ValueView.e(memory, at) + ValueView.f(memory, at);
      sum += ValueView.g(memory, at) + ValueView.h(memory, at);
    }
    return sum;
  }

  private long writes(long count) {
    int times = Math.toIntExact(count);
    MemorySegment memory = mapped;
    for (int i = 0; i < times; i++) {
      ValueView.h(memory, key(i) * ValueView.STRIDE, key(i) * 8 + 7);
    }
    return count;
  }

  private long additions(long count) {
    int times = Math.toIntExact(count);
    MemorySegment memory = mapped;
    long sum = 0;
    for (int i = 0; i < times; i++) {
      sum += Storage.getAndAddLong(memory, key(i) * ValueView.STRIDE + Long.BYTES, 0);
    }
    return sum;
  }

  private String measured(String operation, long count) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    LongUnaryOperator work = operations.get(operation);
    if (work == null) {
      return "err no such operation";
    }
    long start = threads.getCurrentThreadCpuTime();
    long sum = work.applyAsLong(count);
    return "ok " + (threads.getCurrentThreadCpuTime() - start) + " " + Long.toUnsignedString(sum);
  }

  private String allocated(String operation, long count) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    LongUnaryOperator work = operations.get(operation);
    if (work == null) {
      return "err no such operation";
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    long sum = work.applyAsLong(count);
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    return "ok " + bytes + " " + Long.toUnsignedString(sum);
  }

  /// Answers lines until there are no more.
  public static void main(String[] arguments) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    MapsWorker worker = null;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "open" -> {
          Map<String, Integer> ids = new HashMap<>();
          for (int i = 1; i < words.length; i++) {
            String[] pair = words[i].split("=", 2);
            ids.put(pair[0], Integer.parseInt(pair[1]));
          }
          worker = new MapsWorker(ids);
          System.out.println("ok");
        }
        case "ops" ->
            System.out.println(
                worker == null ? "err" : "ok " + String.join(" ", worker.operations.keySet()));
        case "run" ->
            System.out.println(
                worker == null ? "err" : worker.measured(words[1], Long.parseLong(words[2])));
        case "allocated" ->
            System.out.println(
                worker == null ? "err" : worker.allocated(words[1], Long.parseLong(words[2])));
        case "quit" -> {
          return;
        }
        default -> System.out.println("err unknown: " + words[0]);
      }
    }
  }
}
