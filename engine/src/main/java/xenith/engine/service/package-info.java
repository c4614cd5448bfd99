/**
 * What gateways call: typed, authorised, transactional.
 *
 * <p>Start reading at {@link xenith.engine.service.VirtualMachines}. Calls that change something take the
 * {@link xenith.engine.store.Transaction} of the caller's unit of work, so that a front can keep its own facts in the
 * same commit: {@code store.write(tx -> ...)} returns when all of it is durable; driver work follows by itself. Services
 * know no protocol; what they refuse, they refuse with an {@link xenith.engine.service.EngineException}, which undoes
 * the unit of work.
 */
package xenith.engine.service;
