package org.bpf4j.fault;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import org.bpf4j.handle.Codecs;
import org.bpf4j.handle.LoadedMap;
import org.bpf4j.handle.LoadedMap.UpdateMode;
import org.bpf4j.handle.LoadedRing;
import org.bpf4j.handle.MapAccess;
import org.bpf4j.handle.MapBatch;
import org.bpf4j.handle.MappedArray;
import org.bpf4j.handle.RingReader;
import org.bpf4j.handle.Rings;
import org.bpf4j.handle.TestInput;

/// A way to what an object in the kernel holds.
enum Way {
  LOOKUP {
    @Override
    void use(Marked marked, int turn) {
      lookup(marked, "table", turn);
    }
  },
  ARRAY_LOOKUP {
    @Override
    void use(Marked marked, int turn) {
      lookup(marked, "slots", turn);
    }
  },
  MAPPED_LOOKUP {
    @Override
    void use(Marked marked, int turn) {
      lookup(marked, "mapped", turn);
    }
  },
  UPDATE {
    @Override
    void use(Marked marked, int turn) {
      int key = turn % Marked.ENTRIES;
      marked
          .object()
          .map("table")
          .update(Marked.key(key), Marked.number(marked.value(key)), UpdateMode.ANY);
    }
  },
  MAPPED_UPDATE {
    @Override
    void use(Marked marked, int turn) {
      int key = turn % Marked.ENTRIES;
      MappedArray.of(marked.object().map("mapped")).setLong(key, 0, marked.value(key));
    }
  },
  NEXT_KEY {
    @Override
    void use(Marked marked, int turn) {
      MemorySegment next = Marked.key(0);
      if (marked.object().map("table").nextKey(null, next)) {
        marked.object().map("table").nextKey(Marked.key(next.get(ValueLayout.JAVA_INT, 0)), next);
      }
    }
  },
  ACCESS {
    @Override
    void use(Marked marked, int turn) {
      try (MapAccess access = marked.object().map("table").access()) {
        for (int key = 0; key < 10; key++) {
          access.key().set(ValueLayout.JAVA_INT, 0, key);
          if (access.find()) {
            marked.check(access.value().get(ValueLayout.JAVA_LONG, 0));
          }
        }
      }
    }
  },
  BATCH {
    @Override
    void use(Marked marked, int turn) {
      try (MapBatch batch = marked.object().map("table").batch(20)) {
        for (int count = batch.next(); count > 0; count = batch.next()) {
          for (int i = 0; i < count; i++) {
            marked.check(batch.values().getAtIndex(ValueLayout.JAVA_LONG, i));
          }
        }
      }
    }
  },
  MAPPED_ARRAY {
    @Override
    void use(Marked marked, int turn) {
      MappedArray array = MappedArray.of(marked.object().map("mapped"));
      for (int i = 0; i < Marked.ENTRIES; i++) {
        marked.check(array.getLong(i, 0));
      }
    }
  },
  GLOBAL {
    @Override
    void use(Marked marked, int turn) {
      MemorySegment global = marked.global();
      for (int i = 0; i < 100; i++) {
        marked.check(global.get(ValueLayout.JAVA_LONG, 0));
      }
    }
  },
  ARENA {
    @Override
    void use(Marked marked, int turn) {
      MemorySegment arena = marked.arena();
      for (int i = 0; i < Marked.ENTRIES; i++) {
        marked.check(arena.getAtIndex(ValueLayout.JAVA_LONG, i));
      }
    }
  },
  RING {
    @Override
    void use(Marked marked, int turn) {
      marked.send();
      marked
          .object()
          .ring("ring")
          .consume(record -> marked.check(record.get(ValueLayout.JAVA_LONG, 0)));
    }
  },
  RING_IN_PLACE {
    @Override
    void use(Marked marked, int turn) {
      marked.send();
      marked.object().ring("ring").consumeInPlace((memory, at, _) -> check(marked, memory, at));
    }
  },
  RING_AWAIT {
    @Override
    void use(Marked marked, int turn) throws InterruptedException {
      await(marked, marked.object().ring("ring"));
    }
  },
  READER_POLL {
    @Override
    void use(Marked marked, int turn) throws InterruptedException {
      if (turn % 3 == 0) {
        marked.send();
      }
      marked.reader().poll(Duration.ofSeconds(30), marked::check);
    }
  },
  READER_TAKE {
    @Override
    void use(Marked marked, int turn) throws InterruptedException {
      if (turn % 3 == 0) {
        marked.send();
      }
      marked.reader().take(Duration.ofSeconds(30)).ifPresent(marked::check);
    }
  },
  SEVERAL_RINGS {
    @Override
    void use(Marked marked, int turn) throws InterruptedException {
      if (turn % 3 == 0) {
        marked.report();
      }
      RingReader<Long> events =
          new RingReader<>(marked.object().ring("events"), Codecs.LONG, () -> 0);
      new Rings()
          .with(marked.reader(), marked::check)
          .with(events, marked::check)
          .poll(Duration.ofSeconds(30));
    }
  },
  PERF_BUFFER {
    @Override
    void use(Marked marked, int turn) {
      marked.report();
      marked.object().ring("events").consumeInPlace((memory, at, _) -> check(marked, memory, at));
    }
  },
  PERF_AWAIT {
    @Override
    void use(Marked marked, int turn) throws InterruptedException {
      await(marked, marked.object().ring("events"));
    }
  },
  USER_RING {
    @Override
    void use(Marked marked, int turn) {
      marked
          .object()
          .userRing("asked")
          .offer(8, record -> record.set(ValueLayout.JAVA_LONG, 0, marked.value(1)));
    }
  },
  RUN {
    @Override
    void use(Marked marked, int turn) {
      marked.object().program("send").run(TestInput.context(new byte[8]));
    }
  },
  MEMORY {
    @Override
    void use(Marked marked, int turn) {
      marked.object().memory("table").bytes();
      marked.object().memory("ring").bytes();
    }
  };

  /// Whether threads wait there.
  boolean waits() {
    return switch (this) {
      case RING_AWAIT, PERF_AWAIT, READER_POLL, READER_TAKE, SEVERAL_RINGS -> true;
      default -> false;
    };
  }

  /// Goes that way once.
  ///
  /// @param turn counts the turns of a thread
  abstract void use(Marked marked, int turn) throws InterruptedException;

  private static void lookup(Marked marked, String map, int turn) {
    MemorySegment value = Marked.number(0);
    LoadedMap table = marked.object().map(map);
    if (table.lookup(Marked.key(turn % Marked.ENTRIES), value)) {
      marked.check(value.get(ValueLayout.JAVA_LONG, 0));
    }
  }

  private static void await(Marked marked, LoadedRing ring) throws InterruptedException {
    if (ring.await(Duration.ofSeconds(30))) {
      ring.consumeInPlace((memory, at, _) -> check(marked, memory, at));
    }
  }

  private static void check(Marked marked, MemorySegment memory, long at) {
    marked.check(memory.get(ValueLayout.JAVA_LONG_UNALIGNED, at));
  }
}
