package xenith.gateway.ec2.codec;

/**
 * A list.
 *
 * @param itemName the element around each item in an answer
 */
record ListShape(String itemName, Shape item) implements Shape {}
