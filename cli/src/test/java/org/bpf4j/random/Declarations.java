package org.bpf4j.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bpf4j.random.Scope.Place;

/// What every random class declares: a struct, a record and a view with each kind of storage, maps
/// of each kind, and globals in each section.
final class Declarations {

  /// The accessors of `Mixed` that give an `int`.
  static final String[] INT_VIEWS = {"u8", "s8", "u16", "s16", "be16", "be24", "be32", "s32"};

  /// The accessors of `Mixed` that give a `long`.
  static final String[] LONG_VIEWS = {"u32", "be48", "be64", "u64"};

  /// The size of `Args`.
  static final int ARGS_BYTES = 120;

  /// Where the text of `Args` stands, and its bytes.
  static final int ARGS_NAME = 64;

  static final int ARGS_NAME_BYTES = 8;

  /// Where the array of `boolean` of `Args` stands, and its length.
  static final int ARGS_FLAGS = 116;

  static final int ARGS_FLAG_COUNT = 4;

  /// Where the `boolean` of `Args` stands; Java writes it back as 0 or 1, whatever it was.
  static final int ARGS_BOOLEAN = 0;

  /// The bytes between the members of the structs in `Args`, which Java does not know.
  static final int[] ARGS_PADDING = {73, 78, 79, 89, 94, 95};

  private static final String[] TYPES = {
    """
    @Struct static final class Args {
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
    }\
    """,
    """
    @Struct static final class Pair {
      int a = -5;
      long b = 1L << 40;
      short c;
      byte d = 7;
      final AtomicLong n = new AtomicLong(3);
    }\
    """,
    """
    @Struct static final class Point {
      short x;
      short y;
    }\
    """,
    """
    @Struct static final class Slot {
      byte used;
      final Point at = new Point();
      long weight;
    }\
    """,
    """
    @Struct static final class Bucket {
      long tokens;
      int divisor;
      final BpfSpinLock lock = new BpfSpinLock();
      short taken;
    }\
    """,
    "@KernelStruct(\"task_struct\") interface Task { int tgid(); }",
    "enum Color { RED, GREEN, @Value(7) BLUE, BLACK }",
    "record Key(int a, short b) {}",
    "record Wide(@U8 int a, @Be16 int b, long c, Color color) {}",
    """
    @Header(bytes = 44) interface Mixed {
      @U8 int u8();
      void u8(int value);
      @S8 int s8();
      void s8(int value);
      @U16 int u16();
      void u16(int value);
      @S16 int s16();
      void s16(int value);
      @Be16 int be16();
      void be16(int value);
      @Be24 int be24();
      void be24(int value);
      @At(11) @Be32 int be32();
      void be32(int value);
      @At(15) @S32 int s32();
      void s32(int value);
      @At(19) @U32 long u32();
      void u32(long value);
      @At(23) @Be48 long be48();
      void be48(long value);
      @At(28) @Be64 long be64();
      void be64(long value);
      @At(36) @U64 long u64();
      void u64(long value);
    }\
    """,
    "static final BpfArray<Long> array = BpfArray.create(4);",
    "static final BpfArray<AtomicLong> counters = BpfArray.create(4);",
    "static final BpfPerCpuArray<Integer> perCpu = BpfPerCpuArray.create(4);",
    "static final BpfHashMap<Integer, Long> hash = BpfHashMap.create(6);",
    "static final BpfHashMap<Key, Pair> pairs = BpfHashMap.create(5);",
    "static final BpfHashMap<Wide, Short> wides = BpfHashMap.create(16);",
    "static final BpfPerCpuHashMap<Long, Wide> values = BpfPerCpuHashMap.create(8);",
    "static final AtomicLong atomicLong = new AtomicLong();",
    "static final AtomicInteger atomicInt = new AtomicInteger();",
    "static final int[] table = new int[8];",
    "static final short[] shorts = new short[4];",
    "static final BpfString text = BpfString.ofSize(16);",
    "static final Slot[] slots = Structs.fill(new Slot[4], Slot::new);",
    "static final Slot slot = new Slot();",
    "static final BpfArray<Bucket> buckets = BpfArray.create(2);",
    "static final BpfHashMap<Byte, Slot> slotOf = BpfHashMap.create(6);",
    "static final BpfHashMap<Character, Color> colors = BpfHashMap.create(16);",
    "static final BpfLruHashMap<Short, Boolean> flags = BpfLruHashMap.create(64);",
    "static final BpfLpmTrie<Ipv4Prefix, Long> routes = BpfLpmTrie.create(8);",
    "static final BpfQueue<Key> queue = BpfQueue.create(3);",
    "static final BpfStack<Long> stack = BpfStack.create(3);",
    "static final BpfArray<AtomicLong> powers = BpfArray.create(Buckets.LOG2);",
    "static final PerCpu<Slot> scratch = PerCpu.create();",
    "static final RingBuffer<Slot> ring = RingBuffer.ofBytes(1 << 12);",
    "static final short[][] grid = new short[2][4];",
    """
    @BpfComponent static final class Tally {
      final BpfHashMap<Integer, Long> totals = BpfHashMap.create(4);
      final BpfArray<Integer> refused = BpfArray.create(1);
      long add(int key, long by) {
        Long before = totals.get(key);
        long after = (before == null ? 0 : before) + by;
        if (!totals.put(key, after)) refused.put(0, refused.get(0) + key);
        return after;
      }
    }\
    """,
    "static final Tally first = new Tally();",
    "static final Tally second = new Tally();",
  };

  private Declarations() {}

  /// The declarations, with random initial values.
  static List<Piece> random(Random random) {
    List<Piece> pieces = new ArrayList<>();
    for (String type : TYPES) {
      pieces.add(new Piece.Line(type));
    }
    pieces.add(
        new Piece.Line(
            "static final long[] constants = {%dL, %dL, %d, %dL};"
                .formatted(random.nextLong(), random.nextInt(), random.nextInt(9), -1)));
    pieces.add(new Piece.Line("@Config static int config = " + random.nextInt() + ";"));
    pieces.add(new Piece.Line("static boolean gz = " + random.nextBoolean() + ";"));
    pieces.add(new Piece.Line("static byte gb = " + (byte) random.nextInt() + ";"));
    pieces.add(new Piece.Line("static short gs;"));
    pieces.add(new Piece.Line("static char gc = " + (random.nextInt() & 0xffff) + ";"));
    pieces.add(new Piece.Line("static int gi = " + random.nextInt() + ";"));
    pieces.add(new Piece.Line("static int gj;"));
    pieces.add(new Piece.Line("static long gl = " + random.nextLong() + "L;"));
    pieces.add(new Piece.Line("static Color color = Color.GREEN;"));
    pieces.add(new Piece.Line("static long sum;"));
    return pieces;
  }

  /// The globals, as places.
  static List<Place> globals() {
    return List.of(
        new Place("config", Primitive.INT, false),
        new Place("gz", Primitive.BOOLEAN, true),
        new Place("gb", Primitive.BYTE, true),
        new Place("gs", Primitive.SHORT, true),
        new Place("gc", Primitive.CHAR, true),
        new Place("gi", Primitive.INT, true),
        new Place("gj", Primitive.INT, true),
        new Place("shorts[3]", Primitive.SHORT, true),
        new Place("slot.used", Primitive.BYTE, true),
        new Place("slot.weight", Primitive.LONG, true),
        new Place("gl", Primitive.LONG, true));
  }

  /// The fields of an `Args`, as places.
  static List<Place> fields(String args) {
    return List.of(
        new Place(args + ".z", Primitive.BOOLEAN, true),
        new Place(args + ".b", Primitive.BYTE, true),
        new Place(args + ".s", Primitive.SHORT, true),
        new Place(args + ".c", Primitive.CHAR, true),
        new Place(args + ".i", Primitive.INT, true),
        new Place(args + ".l", Primitive.LONG, true),
        new Place(args + ".flags[1]", Primitive.BOOLEAN, true),
        new Place(args + ".chars[2]", Primitive.CHAR, true),
        new Place(args + ".slots[1].at.y", Primitive.SHORT, true),
        new Place(args + ".port", Primitive.INT, false),
        new Place(args + ".small", Primitive.INT, false));
  }
}
