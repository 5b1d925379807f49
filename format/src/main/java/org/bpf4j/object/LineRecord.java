package org.bpf4j.object;

import org.bpf4j.isa.InsnIndex;

/// A line of `.BTF.ext` line information: from here on, instructions come from that source line.
///
/// @param at the first instruction, in slots from the function's start
/// @param file the source file, relative to its source root
/// @param text the source line
/// @param line the line, from 1
/// @param column the column, from 1; at most 1023 (10 bits of `bpf_line_info.line_col`)
public record LineRecord(InsnIndex at, String file, String text, int line, int column) {}
