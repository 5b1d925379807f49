/// Events of Java Flight Recorder about what bpf4j does: loads, attachments, lost records, errors.
///
/// All of it works without the module `jdk.jfr`, and then records nothing.
package org.bpf4j.event;
