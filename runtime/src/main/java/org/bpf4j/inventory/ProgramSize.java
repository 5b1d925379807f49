package org.bpf4j.inventory;

import java.util.OptionalLong;

/// How big a program is.
///
/// @param translatedBytes the bytes of its instructions after the verifier rewrote them; 0 if this
///   process may not see them
/// @param jitedBytes the bytes of its machine code; 0 if it is interpreted, or not to be seen
/// @param lockedBytes the memory that it takes (`memlock`)
/// @param verifiedInsns how many instructions the verifier looked at; kernels before 5.16 do not
///   say
public record ProgramSize(
    int translatedBytes, int jitedBytes, OptionalLong lockedBytes, OptionalLong verifiedInsns) {}
