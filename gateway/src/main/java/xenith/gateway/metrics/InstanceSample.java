package xenith.gateway.metrics;

import java.time.Instant;
import xenith.engine.model.AccountId;
import xenith.engine.port.DomainUsage;

/**
 * What an instance used when its host was last asked.
 *
 * @param instance its EC2 id
 */
record InstanceSample(String instance, AccountId account, Instant at, DomainUsage usage) {}
