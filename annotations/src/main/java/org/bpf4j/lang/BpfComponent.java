package org.bpf4j.lang;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A final class of maps and the code that belongs to them, for programs to have one or several of.
///
/// Its fields are final maps, each created where it is declared. A program's class has one by
/// `static final Limiter clients = new Limiter();`: that is a map `clients_<field>` for each field,
/// and the component's methods work on those. Methods that programs of other classes call are
/// marked [BpfFunction].
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface BpfComponent {}
