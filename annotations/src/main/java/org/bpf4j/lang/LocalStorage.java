package org.bpf4j.lang;

/// Values that hang on objects of the kernel: one for each object, which goes when the object goes.
public sealed interface LocalStorage
    permits BpfTaskStorage, BpfSkStorage, BpfInodeStorage, BpfCgroupStorage {}
