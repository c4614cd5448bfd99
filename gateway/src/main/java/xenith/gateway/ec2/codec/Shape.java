package xenith.gateway.ec2.codec;

/** The form of one value in the model. */
sealed interface Shape permits ScalarShape, StructShape, ListShape {}
