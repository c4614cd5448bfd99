/**
 * The engine: places virtual machines on hosts and keeps them as they were asked for.
 *
 * <p>Start reading at {@link xenith.engine.Engine}, then follow one request: {@code service} (what gateways call),
 * {@code lifecycle} (the table), {@code placement}, {@code operation} (durable driver work), {@code port} (what drivers
 * implement), on {@code store} and {@code tables}. It knows no protocol, no CXF and no libvirt.
 */
package xenith.engine;
