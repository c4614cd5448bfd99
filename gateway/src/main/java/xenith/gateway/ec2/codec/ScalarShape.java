package xenith.gateway.ec2.codec;

/** A simple value. */
record ScalarShape(ScalarKind kind) implements Shape {}
