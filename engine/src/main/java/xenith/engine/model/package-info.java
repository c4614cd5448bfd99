/**
 * The cloud's nouns: immutable records with their ids, and nothing that acts.
 *
 * <p>Start reading at {@link xenith.engine.model.VirtualMachine}. A record checks itself when it is made, so whoever
 * holds one holds a valid one. This package knows no other: no store, no driver, no protocol.
 */
package xenith.engine.model;
