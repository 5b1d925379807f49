package org.bpf4j.inventory;

/// A link in the kernel: an attachment that lasts as long as somebody holds it.
///
/// @param id its number, which no other link gets while the machine runs
/// @param programId the number of the program, or 0 if it attaches a map
/// @param target what the program is attached to
/// @param tenure what keeps it there
public record ListedLink(int id, int programId, LinkTarget target, Tenure tenure) {}
