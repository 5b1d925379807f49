package org.bpf4j.load;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.bpf4j.btf.BtfNames;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfType.SectionVar;
import org.bpf4j.isa.MalformedObjectException;
import org.bpf4j.kernel.IncompatibleTargetException;
import org.bpf4j.kernel.NoSuchTargetException;
import org.bpf4j.kernel.UnsupportedFeatureException;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.DataSection;
import org.bpf4j.object.KernelVersion;
import org.bpf4j.object.MapDefinition;
import org.bpf4j.object.MapKind;
import org.bpf4j.sys.Bpf;
import org.bpf4j.sys.Descriptor;
import org.bpf4j.sys.Errno;

/// A struct of functions that an object describes, and where its members are in the kernel's.
///
/// @param object the object
/// @param section the section that it lies in
/// @param name the variable's name
/// @param offset where it begins in the section
/// @param described the struct as the object describes it
record OperationTable(
    BpfObject object, DataSection section, String name, int offset, BtfType.Struct described) {

  /// What the name of the struct begins with that is the value of the kernel's map.
  private static final String VALUE = "bpf_struct_ops_";

  /// The first kernels that take programs for a struct, by the calls of `register_bpf_struct_ops`.
  private static final Map<String, KernelVersion> SINCE =
      Map.of(
          "tcp_congestion_ops", new KernelVersion(5, 6),
          "bpf_dummy_ops", new KernelVersion(5, 16),
          "hid_bpf_ops", new KernelVersion(6, 11),
          "sched_ext_ops", new KernelVersion(6, 12),
          "Qdisc_ops", new KernelVersion(6, 16));

  /// `BPF_F_LINK` of `linux/bpf.h`.
  private static final int LINK = 1 << 13;

  /// All structs of an object.
  ///
  /// @throws MalformedObjectException if a variable is no struct
  static List<OperationTable> of(BpfObject object) {
    List<OperationTable> tables = new ArrayList<>();
    for (DataSection section : object.data()) {
      if (section.isOperations()
          && object.btf().find(section.btfType()).orElse(null)
              instanceof BtfType.DataSection(_, _, List<SectionVar> vars)) {
        vars.forEach(var -> tables.add(of(object, section, var)));
      }
    }
    return tables;
  }

  private static OperationTable of(BpfObject object, DataSection section, SectionVar place) {
    if (object.btf().type(place.var()) instanceof BtfType.Var(String name, int type, _)
        && object.btf().find(object.btf().resolve(type)).orElse(null)
            instanceof BtfType.Struct struct
        && place.offset() >= 0
        && struct.bytes() <= section.size() - place.offset()) {
      return new OperationTable(object, section, name, place.offset(), struct);
    }
    throw new MalformedObjectException("a variable of " + section.name() + " is no struct");
  }

  /// Which function of the kernel's struct a program is: its place among the members.
  ///
  /// @throws NoSuchTargetException if the kernel's struct has no such member
  /// @throws MalformedObjectException if it stands in no struct
  static Place place(BpfObject object, String program) {
    for (OperationTable table : of(object)) {
      for (BtfType.Member member : table.described.members()) {
        int at = table.offset + member.bitOffset() / Byte.SIZE;
        if (program.equals(table.section.programs().get(at))) {
          return new Place(table.kernelType(), table.index(member.name()), member.type());
        }
      }
    }
    throw new MalformedObjectException("program `" + program + "` stands in no struct");
  }

  /// A function of a struct.
  ///
  /// @param struct the id of the kernel's struct
  /// @param member the place of the member in it
  /// @param described the id of what the object says of the member
  record Place(int struct, int member, int described) {

    /// The id of the kernel's type of the member.
    int type() {
      return ((BtfType.Struct) KernelTypes.types().type(struct)).members().get(member).type();
    }
  }

  private int kernelType() {
    return KernelTypes.types()
        .findFirst(BtfType.Struct.class, described.name())
        .orElseThrow(
            () ->
                SINCE.containsKey(described.name())
                    ? unsupported()
                    : new NoSuchTargetException("kernel struct " + described.name(), List.of()));
  }

  private UnsupportedFeatureException unsupported() {
    return new UnsupportedFeatureException(
        "programs as functions of struct " + described.name(), SINCE.get(described.name()));
  }

  private BtfType.Struct kernelStruct() {
    return (BtfType.Struct) KernelTypes.types().type(kernelType());
  }

  private int index(String member) {
    List<BtfType.Member> members = kernelStruct().members();
    return IntStream.range(0, members.size())
        .filter(i -> members.get(i).name().equals(member))
        .findFirst()
        .orElseThrow(
            () ->
                new NoSuchTargetException(
                    "member " + member + " of struct " + described.name(),
                    members.stream().map(BtfType.Member::name).toList()));
  }

  /// The map, still empty.
  Made create(LoadedTypes types) {
    BtfNames kernel = KernelTypes.types();
    kernelType();
    OptionalInt value = kernel.findFirst(BtfType.Struct.class, VALUE + described.name());
    if (value.isEmpty()) {
      throw unsupported();
    }
    boolean link = section.isLinked();
    int id = value.getAsInt();
    long result = link ? create(types, id, LINK) : -Errno.EINVAL.number();
    boolean linked = result >= 0;
    if (Errno.EINVAL.is(result)) {
      result = create(types, id, 0);
    }
    return new Made(Descriptor.of(result, "BPF_MAP_CREATE of struct `" + name + "`"), linked);
  }

  /// The map of a struct.
  ///
  /// @param linked whether it is attached by a link
  record Made(Descriptor map, boolean linked) {}

  private long create(LoadedTypes types, int value, int flags) {
    int bytes = (int) KernelTypes.types().sizeOf(value).orElse(0);
    MapDefinition map =
        new MapDefinition(name, MapKind.STRUCT_OPS, Integer.BYTES, bytes, 1, flags, 0, 0);
    return Bpf.createOperations(map, types.number(), value);
  }

  /// What the map is to hold.
  ///
  /// @param programs the programs' descriptors, by name; what was skipped stays 0
  byte[] value(Map<String, Descriptor> programs) {
    BtfNames kernel = KernelTypes.types();
    int id = kernel.findFirst(BtfType.Struct.class, VALUE + described.name()).orElseThrow();
    BtfType.Struct value = (BtfType.Struct) kernel.type(id);
    int start =
        value.members().stream()
            .filter(member -> member.name().equals("data"))
            .mapToInt(member -> member.bitOffset() / Byte.SIZE)
            .findFirst()
            .orElseThrow(() -> new NoSuchTargetException("data in " + value.name(), List.of()));
    ByteBuffer bytes = ByteBuffer.allocate(value.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    List<BtfType.Member> members = kernelStruct().members();
    for (BtfType.Member member : described.members()) {
      BtfType.Member there = members.get(index(member.name()));
      int at = start + there.bitOffset() / Byte.SIZE;
      String program = section.programs().get(offset + member.bitOffset() / Byte.SIZE);
      if (program == null) {
        bytes.put(at, constant(member, there));
      } else {
        Optional.ofNullable(programs.get(program)).ifPresent(fd -> bytes.putLong(at, fd.number()));
      }
    }
    return bytes.array();
  }

  /// A text may be shorter than the kernel's; a number must have its size.
  private byte[] constant(BtfType.Member member, BtfType.Member there) {
    long bytes = object.btf().sizeOf(member.type()).orElse(0);
    long room = KernelTypes.types().sizeOf(there.type()).orElse(0);
    boolean text = object.btf().type(object.btf().resolve(member.type())) instanceof BtfType.Array;
    if (there.bitSize() != 0 || (text ? bytes > room : bytes != room)) {
      throw new IncompatibleTargetException(
          name, described.name() + ": member " + member.name() + " has " + room + " bytes");
    }
    byte[] contents = new byte[(int) bytes];
    ByteBuffer.wrap(section.bytes()).get(offset + member.bitOffset() / Byte.SIZE, contents);
    return contents;
  }
}
