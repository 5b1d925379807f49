package org.bpf4j.lang;

/// A record of a ring buffer whose length the program computes (Linux 5.19).
///
/// Its bytes hold anything until they are written. A program submits or discards it on each path,
/// like any record.
public interface RingRecord extends Dynptr {}
