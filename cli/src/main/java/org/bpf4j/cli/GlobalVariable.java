package org.bpf4j.cli;

import java.util.ArrayList;
import java.util.List;
import org.bpf4j.btf.Btf;
import org.bpf4j.btf.BtfType;
import org.bpf4j.object.BpfObject;
import org.bpf4j.object.DataSection;

/// A global variable of an object, as its types say.
///
/// @param name its ELF name
/// @param section where it lies
/// @param offset its position in the section
/// @param size its size in bytes
/// @param type its BTF type
record GlobalVariable(String name, DataSection section, int offset, int size, int type) {

  /// The variables of all data sections that have types, in their order.
  static List<GlobalVariable> of(BpfObject object) {
    List<GlobalVariable> variables = new ArrayList<>();
    Btf btf = object.btf();
    for (DataSection section : object.data()) {
      if (section.btfType() != 0
          && btf.type(section.btfType()) instanceof BtfType.DataSection layout) {
        for (BtfType.SectionVar place : layout.vars()) {
          if (btf.type(place.var()) instanceof BtfType.Var variable) {
            variables.add(
                new GlobalVariable(
                    variable.name(), section, place.offset(), place.size(), variable.type()));
          }
        }
      }
    }
    return variables;
  }
}
