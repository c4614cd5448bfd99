/**
 * Which gateway acts on which hosts, where several serve one cloud.
 *
 * <p>Start reading at {@link xenith.engine.ownership.Ownership}. Whoever calls a host's drivers, or decides for the whole
 * cloud, asks here before it does, and again within the unit of work that writes down what came of it: that unit runs on
 * the newest state there is, so what a gateway has lost it cannot change. This package knows no drivers.
 */
package xenith.engine.ownership;
