package org.bpf4j.load;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfType;
import org.bpf4j.btf.BtfType.EnumValue;
import org.bpf4j.btf.BtfType.Member;
import org.bpf4j.btf.BtfType.Parameter;
import org.bpf4j.object.CName;

/// Says what languages other than C have in terms that kernels take, keeping ids and sizes.
///
/// Kernels want identifiers of C, of at most 127 characters, where Rust has names such as
/// `Option<u64>`; they want a name for every parameter of a function, and Rust's functions of
/// `core` have some without; they want a struct's members by their place, and Rust's stand as they
/// were declared. LLVM has no type for characters of Unicode and says `void`, which kernels take
/// for neither members nor elements nor variables: they become numbers of 4 bytes, as `char` is one
/// in Rust.
final class TypeRepair {

  /// `KSYM_NAME_LEN` less the byte that ends a name; 511 since Linux 6.1.
  private static final int LONGEST_NAME = 127;

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private static final BtfType.Int CHARACTER =
      new BtfType.Int("char32", 4, BtfType.IntEncoding.NONE, 32);

  /// The id of [#CHARACTER], which stands behind all others.
  private final int character;

  private boolean hasCharacters;

  private TypeRepair(Btf btf) {
    character = btf.count() + 1;
  }

  /// The same types in terms that kernels take; one more stands behind them if it is needed.
  static Btf repair(Btf btf) {
    TypeRepair repair = new TypeRepair(btf);
    List<BtfType> types = new ArrayList<>();
    btf.types().forEach(type -> types.add(repair.repair(type)));
    if (repair.hasCharacters) {
      types.add(CHARACTER);
    }
    return new Btf(types);
  }

  private BtfType repair(BtfType type) {
    return switch (type) {
      case BtfType.Struct(String name, int bytes, var members) ->
          new BtfType.Struct(name(name), bytes, byPlace(members));
      case BtfType.Union(String name, int bytes, var members) ->
          new BtfType.Union(name(name), bytes, members.stream().map(this::repair).toList());
      case BtfType.Enum(String name, int bytes, boolean signed, var values) ->
          new BtfType.Enum(name(name), bytes, signed, repair(values));
      case BtfType.Enum64(String name, int bytes, boolean signed, var values) ->
          new BtfType.Enum64(name(name), bytes, signed, repair(values));
      case BtfType.Forward(String name, boolean union) -> new BtfType.Forward(name(name), union);
      case BtfType.Typedef(String name, int to) -> new BtfType.Typedef(name(name), to);
      case BtfType.Array(int element, int index, int count) ->
          new BtfType.Array(value(element), index, count);
      case BtfType.Func(String name, var linkage, int proto) ->
          new BtfType.Func(name(name), linkage, proto);
      case BtfType.FuncProto(int result, var parameters) ->
          new BtfType.FuncProto(result, parameters(parameters));
      case BtfType.Var(String name, int to, var linkage) ->
          new BtfType.Var(name(name), value(to), linkage);
      case BtfType.DataSection(String name, int bytes, var vars) ->
          new BtfType.DataSection(name.replace('/', '.'), bytes, vars);
      default -> type;
    };
  }

  private List<Member> byPlace(List<Member> members) {
    return members.stream()
        .map(this::repair)
        .sorted(Comparator.comparingInt(Member::bitOffset))
        .toList();
  }

  private Member repair(Member member) {
    return new Member(
        name(member.name()), value(member.type()), member.bitOffset(), member.bitSize());
  }

  private static List<EnumValue> repair(List<EnumValue> values) {
    return values.stream().map(v -> new EnumValue(name(v.name()), v.value())).toList();
  }

  /// A last one of neither name nor type stands for any number of them.
  private List<Parameter> parameters(List<Parameter> parameters) {
    List<Parameter> repaired = new ArrayList<>();
    for (Parameter parameter : parameters) {
      boolean last = repaired.size() == parameters.size() - 1;
      boolean nameless = parameter.name().isEmpty();
      if (last && nameless && parameter.type() == 0) {
        repaired.add(parameter);
      } else {
        String name = nameless ? "arg" + repaired.size() : name(parameter.name());
        repaired.add(new Parameter(name, value(parameter.type())));
      }
    }
    return repaired;
  }

  /// The id of the type of something that has a value.
  private int value(int type) {
    hasCharacters |= type == 0;
    return type == 0 ? character : type;
  }

  private static String name(String name) {
    String taken = name.isEmpty() || IDENTIFIER.matcher(name).matches() ? name : CName.of(name);
    return taken.length() > LONGEST_NAME ? taken.substring(0, LONGEST_NAME) : taken;
  }
}
