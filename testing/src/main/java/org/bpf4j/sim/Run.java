package org.bpf4j.sim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.bpf4j.core.CoreOutcome;
import org.bpf4j.object.Helper;
import org.bpf4j.vm.FaultException;
import org.bpf4j.vm.Helpers;
import org.bpf4j.vm.KernelCall;
import org.bpf4j.vm.Outcome.Kind;
import org.bpf4j.vm.Region;
import org.jspecify.annotations.Nullable;

/// One run of a program as its helpers see it.
final class Run implements Helpers {

  /// What `%s` prints at the most: `MAX_BPRINTF_BUF` of the kernel.
  private static final int MAX_TEXT = 1024;

  final SimulatedObject object;
  final Environment environment;
  final Context context;
  private int reservations;
  private int tailCalls;
  private final Deque<Long> locks = new ArrayDeque<>();

  /// The critical sections that were begun and not left.
  int sections;

  Run(SimulatedObject object, Context context) {
    this.object = object;
    this.environment = object.kernel.environment;
    this.context = context;
  }

  @Override
  public long call(int number, KernelCall call) {
    if (number == CoreOutcome.POISON) {
      throw new FaultException(Kind.UNSUPPORTED, "a field that this kernel's types do not have");
    }
    if (number == KfuncBodies.MISSING) {
      throw new FaultException(Kind.UNSUPPORTED, "a kernel function that is not modelled");
    }
    if (KfuncBodies.isOne(number)) {
      return KfuncBodies.body(number).call(this, call);
    }
    Optional<Helper> helper = Helper.of(number);
    HelperBody body = helper.map(HelperBodies.ALL::get).orElse(null);
    if (body == null) {
      String what = helper.map(HelperBodies::missing).orElse("helper " + number + " is unknown");
      throw new FaultException(Kind.UNSUPPORTED, what);
    }
    return body.call(this, call);
  }

  /// The map that a helper was given.
  KeyedMap keyedMap(long address) {
    if (object.mapAt(address) instanceof KeyedMap map) {
      return map;
    }
    throw notA("map", address);
  }

  /// Any map that a helper was given.
  SimulatedMap map(long address) {
    SimulatedMap map = object.mapAt(address);
    if (map == null) {
      throw notA("map", address);
    }
    return map;
  }

  /// The map of kernel objects that a helper was given.
  ObjectMap objectMap(long address) {
    if (object.mapAt(address) instanceof ObjectMap map) {
      return map;
    }
    throw notA("map of kernel objects", address);
  }

  /// Takes a lock by its address.
  void take(long address) {
    locks.push(address);
  }

  /// Whether a lock is held, by its address.
  boolean holds(long address) {
    return locks.contains(address);
  }

  /// Releases the lock that was taken last.
  ///
  /// @return whether it is the one of that address
  boolean giveBack(long address) {
    return !locks.isEmpty() && locks.pop() == address;
  }

  /// Whether a lock is held, or a critical section not left.
  boolean holdsLock() {
    return holdsLockOfMap() || sections > 0;
  }

  /// Whether a lock is held.
  boolean holdsLockOfMap() {
    return !locks.isEmpty();
  }

  /// Counts a tail call.
  ///
  /// @return whether it may be taken
  boolean countTailCall() {
    return tailCalls++ < TailCall.MAX;
  }

  /// The ring buffer that a helper was given.
  RingMap ring(long address) {
    if (object.mapAt(address) instanceof RingMap ring) {
      return ring;
    }
    throw notA("ring buffer", address);
  }

  /// The ring buffer of user space that a helper was given.
  UserRingMap userRing(long address) {
    if (object.mapAt(address) instanceof UserRingMap ring) {
      return ring;
    }
    throw notA("ring buffer of user space", address);
  }

  /// The context, for helpers of XDP programs.
  XdpContext xdp(long address) {
    if (isContext(address) && context instanceof XdpContext xdp) {
      return xdp;
    }
    throw notA("context of an XDP program", address);
  }

  /// The context, for helpers of TC programs.
  SkbContext skb(long address) {
    if (isContext(address) && context instanceof SkbContext skb) {
      return skb;
    }
    throw notA("context of a TC program", address);
  }

  /// The context, for helpers that copy the bytes that go with it.
  PacketContext bytes(long address) {
    if (isContext(address) && context instanceof PacketContext packet) {
      return packet;
    }
    throw notA("context of a program for packets", address);
  }

  /// The context, for helpers of messages.
  StructContext struct(long address) {
    if (isContext(address) && context instanceof StructContext struct) {
      return struct;
    }
    throw notA("context of a message", address);
  }

  /// The zero-terminated text at an address, `(fault)` if there is none.
  String text(long address) {
    return MemoryHelpers.text(this, address, MAX_TEXT)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .orElse("(fault)");
  }

  /// The zero-terminated text at an address, a character for each byte; empty if there is none.
  String characters(long address) {
    return MemoryHelpers.text(this, address, MAX_TEXT)
        .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
        .orElse("");
  }

  private boolean isContext(long address) {
    return address == context.address();
  }

  private static FaultException notA(String what, long address) {
    return new FaultException(
        Kind.BAD_ARGUMENT, "0x" + Long.toHexString(address) + " is no " + what);
  }

  /// Reserves a ring record, which the program must finish.
  @Nullable Region reserve(RingMap ring, long size) {
    Region region = ring.reserve(size);
    reservations += region == null ? 0 : 1;
    return region;
  }

  /// Finishes a ring record.
  void finish(long address, boolean submit) {
    Region region = object.memory.region(address);
    RingMap ring = object.ringOf(region);
    if (ring == null || address != region.address()) {
      throw notA("ring record", address);
    }
    ring.finish(region, submit);
    reservations--;
  }

  /// The ring records that were reserved and not finished.
  int reservations() {
    return reservations;
  }
}
