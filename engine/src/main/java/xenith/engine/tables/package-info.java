/**
 * The engine's own tables: where each of the model's records lies, and what it is found by.
 *
 * <p>Start reading at {@link xenith.engine.tables.Vms}. Declarations only; the SQL is in the migrations of the same
 * name.
 */
package xenith.engine.tables;
