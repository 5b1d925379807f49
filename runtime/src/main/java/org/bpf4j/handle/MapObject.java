package org.bpf4j.handle;

import java.nio.channels.NetworkChannel;
import java.nio.file.Path;

/// Something of the kernel that a map can hold: the kernel is given a descriptor of it.
public sealed interface MapObject {

  /// A program.
  record OfProgram(LoadedProgram program) implements MapObject {}

  /// Another map.
  record OfMap(LoadedMap map) implements MapObject {}

  /// A number, and a program for what arrives there.
  record OfTarget(int number, LoadedProgram program) implements MapObject {}

  /// A control group, by its folder in the cgroup file system (version 2).
  record OfCgroup(Path folder) implements MapObject {}

  /// A socket of this process.
  record OfSocket(NetworkChannel channel) implements MapObject {}

  /// A process, by its number.
  record OfProcess(long number) implements MapObject {}

  /// A file, by its path.
  record OfFile(Path path) implements MapObject {}

  /// Whatever a descriptor of this process stands for, such as a socket; it stays the caller's.
  record OfDescriptor(int number) implements MapObject {}
}
