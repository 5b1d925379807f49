import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.bpf4j.lang.*;
import org.bpf4j.lang.net.*;

/// What a callback leaves in captures must not grow in what a verifier knows of it.
@Bpf(license = "GPL")
public final class NumbersThatCapturesKeep {
  @Struct
  static final class Args {
    boolean z;
    byte b;
    short s;
    char c;
    int i;
    long l;
    final int[] ints = new int[4];
    final byte[] bytes = new byte[8];
    final long[] longs = new long[2];
    final BpfString name = BpfString.ofSize(8);
    final Slot[] slots = Structs.fill(new Slot[2], Slot::new);
    @Be16 int port;
    @U8 int small;
    final char[] chars = new char[4];
    final boolean[] flags = new boolean[4];
  }

  @Struct
  static final class Pair {
    int a;
    long b;
    short c;
    byte d;
    final AtomicLong n = new AtomicLong();
  }

  @Struct
  static final class Point {
    short x;
    short y;
  }

  @Struct
  static final class Slot {
    byte used;
    final Point at = new Point();
    long weight;
  }

  @Struct
  static final class Bucket {
    long tokens;
    int divisor;
    final BpfSpinLock lock = new BpfSpinLock();
    short taken;
  }

  enum Color {
    RED,
    GREEN,
    @Value(7)
    BLUE,
    BLACK
  }

  record Key(int a, short b) {}

  record Wide(@U8 int a, @Be16 int b, long c, Color color) {}

  @Header(bytes = 44)
  interface Mixed {
    @U8
    int u8();

    void u8(int value);

    @S8
    int s8();

    void s8(int value);

    @U16
    int u16();

    void u16(int value);

    @S16
    int s16();

    void s16(int value);

    @Be16
    int be16();

    void be16(int value);

    @Be24
    int be24();

    void be24(int value);

    @At(11)
    @Be32
    int be32();

    void be32(int value);

    @At(15)
    @S32
    int s32();

    void s32(int value);

    @At(19)
    @U32
    long u32();

    void u32(long value);

    @At(23)
    @Be48
    long be48();

    void be48(long value);

    @At(28)
    @Be64
    long be64();

    void be64(long value);

    @At(36)
    @U64
    long u64();

    void u64(long value);
  }

  static final BpfArray<Long> array = BpfArray.create(4);
  static final BpfArray<AtomicLong> counters = BpfArray.create(4);
  static final BpfPerCpuArray<Integer> perCpu = BpfPerCpuArray.create(4);
  static final BpfHashMap<Integer, Long> hash = BpfHashMap.create(6);
  static final BpfHashMap<Key, Pair> pairs = BpfHashMap.create(5);
  static final BpfHashMap<Wide, Short> wides = BpfHashMap.create(16);
  static final BpfPerCpuHashMap<Long, Wide> values = BpfPerCpuHashMap.create(8);
  static final AtomicLong atomicLong = new AtomicLong();
  static final AtomicInteger atomicInt = new AtomicInteger();
  static final int[] table = new int[8];
  static final short[] shorts = new short[4];
  static final BpfString text = BpfString.ofSize(16);
  static final Slot[] slots = Structs.fill(new Slot[4], Slot::new);
  static final Slot slot = new Slot();
  static final BpfArray<Bucket> buckets = BpfArray.create(2);
  static final BpfHashMap<Byte, Slot> slotOf = BpfHashMap.create(6);
  static final BpfHashMap<Character, Color> colors = BpfHashMap.create(16);
  static final BpfLruHashMap<Short, Boolean> flags = BpfLruHashMap.create(64);
  static final BpfLpmTrie<Ipv4Prefix, Long> routes = BpfLpmTrie.create(8);
  static final BpfQueue<Key> queue = BpfQueue.create(3);
  static final BpfStack<Long> stack = BpfStack.create(3);
  static final BpfArray<AtomicLong> powers = BpfArray.create(Buckets.LOG2);
  static final PerCpu<Slot> scratch = PerCpu.create();
  static final RingBuffer<Slot> ring = RingBuffer.ofBytes(1 << 12);
  static final long[] constants = {183066530230790519L, 1199526007L, 8, -1L};
  @Config static int config = -1154285582;
  static boolean gz = true;
  static byte gb = -7;
  static short gs;
  static char gc = 1188;
  static int gi = -1023643597;
  static int gj;
  static long gl = 4374966683684076231L;
  static Color color = Color.GREEN;
  static long sum;

  static boolean f1(char a1, boolean a2, char a3, boolean a4) {
    gb /= Integer.remainderUnsigned((gi |= 0x0ff0), gi);
    return (a2 && a4);
  }

  @Syscall
  static int p10(Args args) {
    counters.forEach(
        (x11, x13) -> {
          int c12 = x11;
          x13.addAndGet(c12);
          if (((switch (Integer.remainderUnsigned(-128, 32768)) {
                case 0 -> (true ? args.slots[1].at.y : (short) (gj));
                case 1, 3 -> args.slots[1].at.y;
                default -> (gz ? (short) (gj) : args.s);
              })
              < (char) ((gj | config)))) {
            slot.used &= (int) (counters.get((3) & 3).getAndIncrement());
            int v15 = (+((int) ((--args.l))));
          }
          if ((args.l < (config | (--args.i)))) {
            Key k16 = new Key(args.ints[(args.c) & 3] & 3, (short) ((int) ((args.c / args.l)) & 1));
            int v17 = config;
            args.b =
                ((hash.containsKey((args.port + (char) (slot.weight)) & 7)
                        || f1(args.chars[2], args.z, (char) (slot.weight), false))
                    ? (byte) (gc)
                    : ((args.port >= 2) ? Library.g1(gz) : (byte) (slot.weight)));
          }
        });
    {
      args.slots[1].at.y =
          (short)
              ((hash.containsKey(16 & 7)
                  ? (switch (args.port & 3) {
                    case 0 -> (char) (0xdeadbeef);
                    case 1, 3 -> args.chars[2];
                    default -> (char) (config);
                  })
                  : (char) (slot.weight)));
      {
        Pair p15 = pairs.get(new Key((args.i << args.i) & 3, (short) ((config >>> 5) & 1)));
        if (p15 != null) {
          p15.a +=
              (switch ((gi ^ (byte) (args.port)) & 3) {
                case 0 -> (config / (char) (slot.weight));
                case 1, 3 -> (gj & args.i);
                default -> args.small;
              });
          p15.b ^= ((gl >>> -1) & Short.toUnsignedInt((short) (32)));
          gl += p15.c + p15.n.getAndIncrement();
        } else {
          int v16 = args.ints[(atomicInt.get()) & 3];
        }
      }
    }
    return gj;
  }
}

final class Library {
  @BpfFunction
  static char g0(int a1, int a2, boolean a3, short a4) {
    return (char) (Math.min((((a4 < a1) ? a4 : 117) + (a3 ? 1 : 0)), a4));
  }

  @BpfFunction
  static byte g1(boolean a1) {
    return (byte) (((a1 ? 1 : 0) + (((a1 ? 1 : 0) << (a1 ? 1 : 0)) ^ (a1 ? 1 : 0))));
  }
}
