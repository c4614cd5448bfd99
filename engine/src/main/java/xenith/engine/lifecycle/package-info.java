/**
 * The life of a virtual machine, as one table.
 *
 * <p>Start reading at {@link xenith.engine.lifecycle.Lifecycle}. Pure: a machine and an event in, a machine and perhaps
 * an operation's kind out. Nothing else in the engine changes a state.
 */
package xenith.engine.lifecycle;
