package org.bpf4j.compiler.translate;

import org.bpf4j.compiler.ast.Expr;
import org.bpf4j.compiler.ast.MapForm;
import org.bpf4j.compiler.ast.Type;
import org.bpf4j.compiler.ssa.Inst.CompareOp;
import org.bpf4j.compiler.ssa.Inst.UnaryOp;
import org.bpf4j.compiler.ssa.Value;
import org.bpf4j.object.Helper;
import org.bpf4j.object.MapLookup;

/// Maps of sockets: data go to one of them, the program's own is put in, or one is chosen.
///
/// The kernel has a helper for each kind of map, and for sent and for received data.
final class SocketMapCalls {

  /// No flag: out by the socket.
  static final long EGRESS = 0;

  /// `BPF_F_INGRESS`: into what the socket receives.
  static final long INGRESS = 1;

  private final Body body;
  private final Code code;
  private final MapCalls maps;

  SocketMapCalls(Body body, MapCalls maps) {
    this.body = body;
    this.code = body.code;
    this.maps = maps;
  }

  /// The verdict: `SK_PASS`, or `SK_DROP` if there is no such socket.
  Operand redirect(Expr.LibraryCall call, long flags) {
    MapForm form = MapCalls.mapOf(call).form();
    Value map = maps.map(call);
    Helper helper = form.redirect(body.scope.kind());
    if (form == MapForm.SOCKHASH) {
      return Operand.of(code.unary(UnaryOp.TRUNC, withKey(call, helper, map, flags)));
    }
    Value key = body.expressions.number(call.arguments().getFirst());
    body.at(call.span());
    Value verdict =
        call(helper, body.context(call), map, code.unary(UnaryOp.ZEXT32, key), code.i64(flags));
    return Operand.of(code.unary(UnaryOp.TRUNC, verdict));
  }

  /// Whether the program's socket is in now.
  Operand put(Expr.LibraryCall call, long flags) {
    Value map = maps.map(call);
    Helper helper = MapCalls.mapOf(call).form().putSocket();
    return Operand.of(code.compare(CompareOp.EQ, withKey(call, helper, map, flags), 0));
  }

  /// The socket, or null; it is held from here on.
  Operand get(Expr.LibraryCall call) {
    Value map = maps.map(call);
    Type type = MapCalls.mapOf(call).key();
    Memory.Argument key = maps.argument(type, call.arguments().getFirst());
    body.at(call.span());
    Value socket = code.call(MapLookup.SOCKET, org.bpf4j.compiler.ssa.Type.PTR, map, key.pointer());
    body.memory.release(key);
    return Operand.of(socket);
  }

  /// Whether there was a socket to choose.
  Operand select(Expr.LibraryCall call) {
    Value map = maps.map(call);
    Value result = withKey(call, Helper.SK_SELECT_REUSEPORT, map, 0);
    return Operand.of(code.compare(CompareOp.EQ, result, 0));
  }

  private Value withKey(Expr.LibraryCall call, Helper helper, Value map, long flags) {
    Type type = MapCalls.mapOf(call).key();
    Memory.Argument key = maps.argument(type, call.arguments().getFirst());
    body.at(call.span());
    Value result = call(helper, body.context(call), map, key.pointer(), code.i64(flags));
    body.memory.release(key);
    return result;
  }

  private Value call(Helper helper, Value... arguments) {
    return code.call(helper, org.bpf4j.compiler.ssa.Type.I64, arguments);
  }
}
