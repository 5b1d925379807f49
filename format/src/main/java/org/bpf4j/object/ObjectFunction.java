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
      "BpfObjects.allocate",
      Since.OBJECTS,
      Effect.GIVES,
      KfuncType.ANYTHING,
      "there may be no memory for one",
      number("local_type_id__k", Argument.CONSTANT),
      anything("meta__ign", Argument.SCALAR)),
  /// Gives an object back to the kernel.
  DROP(
      "bpf_obj_drop_impl",
      "BpfObjects.free",
      Since.OBJECTS,
      Effect.TAKES,
      KfuncType.NOTHING,
      "",
      anything("p__alloc", Argument.FIXED_READ_WRITE),
      anything("meta__ign", Argument.SCALAR)),
  /// Makes one more owner of an object that counts them.
  SHARE(
      "bpf_refcount_acquire_impl",
      "BpfObjects.share",
      Since.NODES,
      Effect.GIVES,
      KfuncType.ANYTHING,
      "it may be on its way out",
      anything("p__refcounted_kptr", Argument.FIXED_READ_WRITE),
      anything("meta__ign", Argument.SCALAR)),
  /// Puts an object before the first of a list.
  PUSH_FRONT("bpf_list_push_front_impl", "offerFirst", Effect.TAKES, Family.LIST),
  /// Puts an object behind the last of a list.
  PUSH_BACK("bpf_list_push_back_impl", "offerLast", Effect.TAKES, Family.LIST),
  /// Takes the first out of a list.
  POP_FRONT("bpf_list_pop_front", "pollFirst", Effect.GIVES, Family.LIST),
  /// Takes the last out of a list.
  POP_BACK("bpf_list_pop_back", "pollLast", Effect.GIVES, Family.LIST),
  /// Shows the first of a list.
  FRONT("bpf_list_front", "peekFirst", Effect.LENDS, Family.LIST),
  /// Shows the last of a list.
  BACK("bpf_list_back", "peekLast", Effect.LENDS, Family.LIST),
  /// Puts an object into a tree, before those that the program's function says it is less than.
  ADD(
      "bpf_rbtree_add_impl",
      "BpfTree.add",
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
  FIRST("bpf_rbtree_first", "first", Effect.LENDS, Family.TREE),
  /// Shows the one at the root of a tree.
  ROOT("bpf_rbtree_root", "root", Effect.LENDS, Family.TREE),
  /// Shows the root of what is less than one that was shown.
  LEFT("bpf_rbtree_left", "left", Since.SHOWN, Effect.LENDS, "nothing may be left of it"),
  /// Shows the root of what is not less than one that was shown.
  RIGHT("bpf_rbtree_right", "right", Since.SHOWN, Effect.LENDS, "nothing may be right of it"),
  /// Takes an object out of a tree that was shown.
  REMOVE("bpf_rbtree_remove", "remove", Since.NODES, Effect.GIVES, "it may be in the tree no more");

  /// `sizeof(struct bpf_list_head)` and `sizeof(struct bpf_rb_root)`.
  public static final int ROOT_BYTES = 16;

  /// `sizeof(struct bpf_list_node)` since Linux 6.6, which remembers the list; the kernel takes no
  /// other size for a node.
  public static final int LIST_NODE_BYTES = 24;

  /// The same of `struct bpf_rb_node`.
  public static final int TREE_NODE_BYTES = 32;

  /// `sizeof(struct bpf_refcount)`.
  public static final int REFCOUNT_BYTES = 4;

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
    LIST("BpfList", "head", "bpf_list_head", "bpf_list_node", "the list may be empty"),
    TREE("BpfTree", "root", "bpf_rb_root", "bpf_rb_node", "the tree may be empty");

    private final String className;
    private final String parameter;
    private final String root;
    private final String node;
    private final String whyNull;

    Family(String className, String parameter, String root, String node, String whyNull) {
      this.className = className;
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

    /// The first kernel with nodes of these sizes, and the first that lets owners be counted again
    /// (6.5 refused `bpf_refcount_acquire`).
    static final KernelVersion NODES = new KernelVersion(6, 6);

    /// The first kernel that shows what is in a list, and what is where in a tree.
    static final KernelVersion SHOWN = new KernelVersion(6, 16);

    private Since() {}
  }

  private final String javaName;
  private final Effect effect;
  private final Kfunc kfunc;
  private final String whyNull;

  /// A function of lists or trees that puts an object in, or gives one of the collection's choice.
  ObjectFunction(String name, String method, Effect effect, Family family) {
    this(
        name,
        family.className + "." + method,
        effect == Effect.LENDS && !method.equals("first") ? Since.SHOWN : Since.NODES,
        effect,
        effect == Effect.TAKES ? KfuncType.number(Integer.BYTES, true) : family.node(),
        effect == Effect.TAKES ? "" : family.whyNull,
        effect == Effect.TAKES
            ? new Kfunc.Parameter[] {
              struct(family.parameter, family.root),
              struct("node", family.node),
              anything("meta__ign", Argument.SCALAR),
              number("off", Argument.SCALAR)
            }
            : new Kfunc.Parameter[] {struct(family.parameter, family.root)});
  }

  /// A function of trees that gives an object by one that was shown.
  ObjectFunction(String name, String method, KernelVersion since, Effect effect, String whyNull) {
    this(
        name,
        Family.TREE.className + "." + method,
        since,
        effect,
        Family.TREE.node(),
        whyNull,
        struct(Family.TREE.parameter, Family.TREE.root),
        struct("node", Family.TREE.node));
  }

  ObjectFunction(
      String name,
      String javaName,
      KernelVersion since,
      Effect effect,
      KfuncType result,
      String whyNull,
      Kfunc.Parameter... parameters) {
    this.javaName = javaName;
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

  /// The method of the language that it is: `BpfList.pollFirst`.
  public String javaName() {
    return javaName;
  }

  /// Whether it takes an object out of a list or tree, behind which nothing that was shown may be
  /// used.
  public boolean takesOut() {
    return this == POP_FRONT || this == POP_BACK || this == REMOVE;
  }

  /// Whether it wants an object that a tree shows.
  public boolean wantsShown() {
    return this == LEFT || this == RIGHT || this == REMOVE;
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
