/// BTF, the kernel's compact type format: model, bytes and text.
///
/// [BtfType][org.bpf4j.btf.BtfType] is one type, [Btf][org.bpf4j.btf.Btf] the types of an object,
/// [BtfBuilder][org.bpf4j.btf.BtfBuilder] collects them, [BtfReader][org.bpf4j.btf.BtfReader] and
/// [BtfWriter][org.bpf4j.btf.BtfWriter] are the arrows from and to bytes. A kernel's BTF has more
/// than a hundred thousand types of which a loader wants a dozen:
/// [BtfNames][org.bpf4j.btf.BtfNames] finds these without decoding the rest.
package org.bpf4j.btf;
