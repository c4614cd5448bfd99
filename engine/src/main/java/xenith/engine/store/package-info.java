/**
 * The cloud's state: durable in SQL, and read from an immutable image of what was committed.
 *
 * <p>Start reading at {@link xenith.engine.store.Store}. One writer runs units of work one after another on the
 * newest state, writes what they changed, commits several at once, publishes the new snapshot and only then answers.
 * Rooms declare their own {@link xenith.engine.store.Table}s, so that one commit covers the engine's facts and a
 * front's. This package knows records only as rows; it knows no lifecycle and no protocol.
 */
package xenith.engine.store;
