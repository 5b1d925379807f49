package org.bpf4j.object;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bpf4j.object.Signature.Argument;

/// The kernel functions of objects that programs make, and of the lists and trees that keep them
/// (`kernel/bpf/helpers.c`).
///
/// The kernel knows an object by its type in the program's BTF. A program owns what it made or took
/// out, until it gives it to a list, a tree or back to the kernel.
public enum ObjectFunction {
  /// Makes an object of the type of that number; only its special members are zero.
  MAKE(
      "bpf_obj_new_impl",
      Since.OBJECTS,
      Effect.GIVES,
      KfuncType.ANYTHING,
      "there may be no memory for one",
      number("local_type_id__k", Argument.CONSTANT),
      anything("meta__ign", Argument.SCALAR)),
  /// Gives an object back to the kernel.
  DROP(
      "bpf_obj_drop_impl",
      Since.OBJECTS,
      Effect.TAKES,
      KfuncType.NOTHING,
      "",
      anything("p__alloc", Argument.FIXED_READ_WRITE),
      anything("meta__ign", Argument.SCALAR)),
  /// Puts an object before the first of a list.
  PUSH_FRONT("bpf_list_push_front_impl", Effect.TAKES, Family.LIST, true),
  /// Puts an object behind the last of a list.
  PUSH_BACK("bpf_list_push_back_impl", Effect.TAKES, Family.LIST, true),
  /// Takes the first out of a list.
  POP_FRONT("bpf_list_pop_front", Effect.GIVES, Family.LIST, false),
  /// Takes the last out of a list.
  POP_BACK("bpf_list_pop_back", Effect.GIVES, Family.LIST, false),
  /// Shows the first of a list.
  FRONT("bpf_list_front", Effect.LENDS, Family.LIST, false),
  /// Shows the last of a list.
  BACK("bpf_list_back", Effect.LENDS, Family.LIST, false),
  /// Puts an object into a tree, before those that the program's function says it is less than.
  ADD(
      "bpf_rbtree_add_impl",
      Since.NODES,
      Effect.TAKES,
      KfuncType.number(Integer.BYTES, true),
      "",
      struct("root", "bpf_rb_root"),
      struct("node", "bpf_rb_node"),
      new Kfunc.Parameter("less", Argument.CALLBACK, KfuncType.ORDER),
      anything("meta__ign", Argument.SCALAR),
      number("off", Argument.SCALAR)),
  /// Shows the least of a tree.
  FIRST("bpf_rbtree_first", Effect.LENDS, Family.TREE, false),
  /// Takes an object out of a tree that was shown.
  REMOVE(
      "bpf_rbtree_remove",
      Since.NODES,
      Effect.GIVES,
      Family.TREE.node(),
      "it may be in the tree no more",
      struct("root", "bpf_rb_root"),
      struct("node", "bpf_rb_node"));

  /// `sizeof(struct bpf_list_head)` and `sizeof(struct bpf_rb_root)`.
  public static final int ROOT_BYTES = 16;

  /// `sizeof(struct bpf_list_node)` since Linux 6.6, which remembers the list; the kernel takes no
  /// other size for a node.
  public static final int LIST_NODE_BYTES = 24;

  /// The same of `struct bpf_rb_node`.
  public static final int TREE_NODE_BYTES = 32;

  /// What a function does with an object.
  public enum Effect {
    /// The program owns what it gives.
    GIVES,
    /// The program no longer owns what it takes.
    TAKES,
    /// What it gives belongs to a list or tree, and may be used while the lock is held.
    LENDS
  }

  private enum Family {
    LIST("head", "bpf_list_head", "bpf_list_node", "the list may be empty"),
    TREE("root", "bpf_rb_root", "bpf_rb_node", "the tree may be empty");

    private final String parameter;
    private final String root;
    private final String node;
    private final String whyNull;

    Family(String parameter, String root, String node, String whyNull) {
      this.parameter = parameter;
      this.root = root;
      this.node = node;
      this.whyNull = whyNull;
    }

    private KfuncType node() {
      return KfuncType.struct(node);
    }
  }

  private static final class Since {
    static final KernelVersion OBJECTS = new KernelVersion(6, 2);

    /// The first kernel with nodes of these sizes.
    static final KernelVersion NODES = new KernelVersion(6, 6);

    /// The first kernel that shows what is in a list.
    static final KernelVersion SHOWN = new KernelVersion(6, 16);

    private Since() {}
  }

  private final Effect effect;
  private final Kfunc kfunc;
  private final String whyNull;

  /// A function of lists or trees without a function of the program.
  ///
  /// @param node whether it takes an object
  ObjectFunction(String name, Effect effect, Family family, boolean node) {
    this(
        name,
        effect == Effect.LENDS && family == Family.LIST ? Since.SHOWN : Since.NODES,
        effect,
        node ? KfuncType.number(Integer.BYTES, true) : family.node(),
        node ? "" : family.whyNull,
        node
            ? new Kfunc.Parameter[] {
              struct(family.parameter, family.root),
              struct("node", family.node),
              anything("meta__ign", Argument.SCALAR),
              number("off", Argument.SCALAR)
            }
            : new Kfunc.Parameter[] {struct(family.parameter, family.root)});
  }

  ObjectFunction(
      String name,
      KernelVersion since,
      Effect effect,
      KfuncType result,
      String whyNull,
      Kfunc.Parameter... parameters) {
    this.effect = effect;
    this.whyNull = whyNull;
    List<Kfunc.Trait> traits =
        switch (effect) {
          case GIVES, LENDS -> List.of(Kfunc.Trait.MAY_BE_NULL);
          case TAKES -> List.of(Kfunc.Trait.RELEASES);
        };
    String releasedBy = effect == Effect.GIVES ? "bpf_obj_drop_impl" : "";
    this.kfunc = new Kfunc(name, since, result, traits, releasedBy, List.of(parameters));
  }

  private static Kfunc.Parameter anything(String name, Argument kind) {
    return new Kfunc.Parameter(name, kind, KfuncType.ANYTHING);
  }

  private static Kfunc.Parameter number(String name, Argument kind) {
    return new Kfunc.Parameter(name, kind, KfuncType.number(Long.BYTES, false));
  }

  private static Kfunc.Parameter struct(String name, String type) {
    return new Kfunc.Parameter(name, Argument.FIXED_READ_WRITE, KfuncType.struct(type));
  }

  /// The one that a call is of.
  public static Optional<ObjectFunction> of(KernelFunction function) {
    return function instanceof Kfunc ? ofName(function.kernelName()) : Optional.empty();
  }

  /// Whether a call gives the address of an object that a program made.
  public static boolean givesObject(KernelFunction function) {
    return function instanceof PointerExchange exchange
        ? exchange.isOwn()
        : of(function).filter(known -> known.effect != Effect.TAKES).isPresent();
  }

  /// Whether a program owns what a call gives.
  public static boolean givesOwn(KernelFunction function) {
    return givesObject(function) && function.acquires();
  }

  /// The one of that name in the kernel.
  static Optional<ObjectFunction> ofName(String name) {
    return Arrays.stream(values()).filter(each -> each.kfunc.name().equals(name)).findFirst();
  }

  /// The function as programs call it.
  public Kfunc kfunc() {
    return kfunc;
  }

  /// What it does with an object.
  public Effect effect() {
    return effect;
  }

  /// Why what it gives may be null; empty if it gives no object.
  public String whyNull() {
    return whyNull;
  }
}
