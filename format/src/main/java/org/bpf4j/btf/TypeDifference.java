package org.bpf4j.btf;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where two descriptions of the same memory differ, such as those of a map's value.
///
/// What counts is the layout and what the parts are called: members by their names, places and
/// types, arrays by their lengths, numbers by their sizes, enumerations by the values of the
/// constants that both have. What a type is called does not, nor whether a number has a sign, nor
/// what a pointer points to; the kernel's own types, `bpf_spin_lock` and others, are the exception:
/// the kernel finds them by name.
///
/// @param path the part that differs: names of members behind dots, `[]` for elements; empty for
///   the whole
/// @param left what the first has there, as C writes it
/// @param right what the second has there
public record TypeDifference(String path, String left, String right) {

  private static final String MISSING = "no such member";

  /// What begins the names of types that have a meaning for the kernel in values of maps.
  private static final String OF_KERNEL = "bpf_";

  /// Compares a type of one collection with one of another.
  ///
  /// @return the first difference, or empty if there is none
  public static Optional<TypeDifference> between(
      BtfTypes left, int leftType, BtfTypes right, int rightType) {
    return new Comparison(left, right, new HashSet<>())
        .compare("", leftType, rightType, BtfTypes.MAX_DEPTH);
  }

  /// Two collections of types.
  ///
  /// @param seen the pairs of structs that were begun: looking at each once is enough
  private record Comparison(BtfTypes left, BtfTypes right, Set<Long> seen) {

    Optional<TypeDifference> compare(String path, int leftType, int rightType, int depth) {
      int l = left.resolve(leftType);
      int r = right.resolve(rightType);
      boolean known = !seen.add((long) l << Integer.SIZE | r);
      if (known || depth == 0 || (l == 0 && r == 0)) {
        return Optional.empty();
      }
      if (l == 0 || r == 0) {
        return different(path, leftType, rightType);
      }
      return switch (left.type(l)) {
        case BtfType.Struct a when right.type(r) instanceof BtfType.Struct b ->
            isOther(a.name(), b.name())
                ? different(path, leftType, rightType)
                : members(path, a.members(), b.members(), depth)
                    .or(() -> sizes(path, leftType, a.bytes(), rightType, b.bytes()));
        case BtfType.Union a when right.type(r) instanceof BtfType.Union b ->
            members(path, a.members(), b.members(), depth)
                .or(() -> sizes(path, leftType, a.bytes(), rightType, b.bytes()));
        case BtfType.Array a when right.type(r) instanceof BtfType.Array b ->
            a.count() == b.count()
                ? compare(path + "[]", a.element(), b.element(), depth - 1)
                : different(path, leftType, rightType);
        case BtfType.Pointer _ when right.type(r) instanceof BtfType.Pointer -> Optional.empty();
        case BtfType.DataSection a when right.type(r) instanceof BtfType.DataSection b ->
            members(path, variables(left, a), variables(right, b), depth);
        case BtfType.Float a when right.type(r) instanceof BtfType.Float b ->
            sizes(path, leftType, a.bytes(), rightType, b.bytes());
        default -> numbers(path, leftType, l, rightType, r);
      };
    }

    private static boolean isOther(String a, String b) {
      return !a.equals(b) && (a.startsWith(OF_KERNEL) || b.startsWith(OF_KERNEL));
    }

    private static List<BtfType.Member> variables(BtfTypes types, BtfType.DataSection section) {
      return section.vars().stream()
          .map(
              place ->
                  types.type(place.var()) instanceof BtfType.Var(String name, int type, _)
                      ? new BtfType.Member(name, type, place.offset() * Byte.SIZE, 0)
                      : new BtfType.Member("", 0, place.offset() * Byte.SIZE, 0))
          .toList();
    }

    /// Each member of one must be in the other, at the same place.
    private Optional<TypeDifference> members(
        String path, List<BtfType.Member> a, List<BtfType.Member> b, int depth) {
      Map<String, BtfType.Member> others = new HashMap<>();
      b.forEach(member -> others.put(key(member), member));
      for (BtfType.Member member : a) {
        BtfType.Member other = others.remove(key(member));
        String at = child(path, member);
        if (other == null) {
          return Optional.of(new TypeDifference(at, new CTypes(left).declaration(member), MISSING));
        }
        Optional<TypeDifference> within =
            member.bitOffset() == other.bitOffset() && member.bitSize() == other.bitSize()
                ? compare(at, member.type(), other.type(), depth - 1)
                : Optional.of(
                    new TypeDifference(
                        at,
                        new CTypes(left).declaration(member),
                        new CTypes(right).declaration(other)));
        if (within.isPresent()) {
          return within;
        }
      }
      return b.stream()
          .filter(member -> others.containsKey(key(member)))
          .findFirst()
          .map(
              member ->
                  new TypeDifference(
                      child(path, member), MISSING, new CTypes(right).declaration(member)));
    }

    /// Members without a name are known by their places.
    private static String key(BtfType.Member member) {
      return member.name().isEmpty() ? "@" + member.bitOffset() : member.name();
    }

    private static String child(String path, BtfType.Member member) {
      return member.name().isEmpty() ? path : path + "." + member.name();
    }

    private Optional<TypeDifference> numbers(
        String path, int leftType, int l, int rightType, int r) {
      if (!isNumber(left.type(l)) || !isNumber(right.type(r))) {
        return different(path, leftType, rightType);
      }
      Map<String, Long> constants = new HashMap<>();
      values(right.type(r)).forEach(value -> constants.put(value.name(), value.value()));
      for (BtfType.EnumValue value : values(left.type(l))) {
        Long other = constants.get(value.name());
        if (other != null && other != value.value()) {
          return Optional.of(
              new TypeDifference(
                  path, value.name() + " = " + value.value(), value.name() + " = " + other));
        }
      }
      return sizes(path, leftType, left.sizeOf(l).orElse(0), rightType, right.sizeOf(r).orElse(0));
    }

    private static boolean isNumber(BtfType type) {
      return type instanceof BtfType.Int
          || type instanceof BtfType.Enum
          || type instanceof BtfType.Enum64;
    }

    private static List<BtfType.EnumValue> values(BtfType type) {
      return switch (type) {
        case BtfType.Enum t -> t.values();
        case BtfType.Enum64 t -> t.values();
        default -> List.of();
      };
    }

    private Optional<TypeDifference> sizes(
        String path, int leftType, long leftBytes, int rightType, long rightBytes) {
      return leftBytes == rightBytes
          ? Optional.empty()
          : Optional.of(
              new TypeDifference(
                  path,
                  name(left, leftType) + " of " + leftBytes + " bytes",
                  name(right, rightType) + " of " + rightBytes + " bytes"));
    }

    private Optional<TypeDifference> different(String path, int leftType, int rightType) {
      return Optional.of(new TypeDifference(path, name(left, leftType), name(right, rightType)));
    }

    private static String name(BtfTypes types, int id) {
      return new CTypes(types).name(id);
    }
  }
}
