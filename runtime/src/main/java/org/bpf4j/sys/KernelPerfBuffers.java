package org.bpf4j.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.bpf4j.handle.LoadedMap.UpdateMode;

/// The perf buffers of all CPUs, as one stream: in order for each CPU, not across them.
public final class KernelPerfBuffers implements Awaited, AutoCloseable {

  private final List<KernelPerfBuffer> buffers = new ArrayList<>();
  private final Epoll epoll = new Epoll();
  private final int number = epoll.number();
  private final String name;
  private final AtomicLong lost = new AtomicLong();
  private final ReentrantLock turn = new ReentrantLock();
  private final Lifetime lifetime;

  /// Opens a buffer for each CPU that is there, and puts it into the map.
  public KernelPerfBuffers(KernelMap map) {
    name = map.definition().name();
    lifetime = new Lifetime("buffers of `" + map.definition().name() + "`", this::free);
    try (Arena arena = Arena.ofConfined()) {
      for (int cpu = 0; cpu < Cpus.possible(); cpu++) {
        long opened = PerfEvent.openOutput(cpu);
        if (Errno.ENODEV.is(opened)) {
          continue; // possible, but not there
        }
        KernelPerfBuffer buffer =
            new KernelPerfBuffer(Descriptor.of(opened, "perf_event_open of CPU " + cpu));
        buffers.add(buffer);
        map.update(
            arena.allocateFrom(ValueLayout.JAVA_INT, cpu),
            arena.allocateFrom(ValueLayout.JAVA_INT, buffer.event().number()),
            UpdateMode.ANY);
      }
    } catch (RuntimeException | Error e) {
      lifetime.close();
      throw e;
    }
  }

  private void free() {
    buffers.forEach(KernelPerfBuffer::close);
    epoll.close();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int consumeInPlace(PlacedConsumer consumer) {
    lifetime.enter();
    try {
      if (turn.isHeldByCurrentThread()) {
        throw new IllegalStateException("a consumer must not consume from the same buffers");
      }
      turn.lock();
      try {
        return buffers.stream().mapToInt(buffer -> buffer.drain(consumer, lost)).sum();
      } finally {
        turn.unlock();
      }
    } finally {
      lifetime.leave();
    }
  }

  @Override
  public Lifetime lifetime() {
    return lifetime;
  }

  @Override
  public boolean hasRecord() {
    return !isEmpty();
  }

  @Override
  public boolean isEmpty() {
    return buffers.stream().allMatch(KernelPerfBuffer::isEmpty);
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public void arm() {
    buffers.forEach(buffer -> epoll.arm(buffer.event().number()));
  }

  @Override
  public long lost() {
    return lost.get();
  }

  @Override
  public void close() {
    lifetime.close();
    Poller.wakeAll(number);
  }
}
