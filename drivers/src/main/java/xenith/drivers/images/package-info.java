/**
 * Images in a store on this machine, clones of them for virtual machines, and the seeds that tell guests what they are.
 *
 * <p>Start reading at {@link xenith.drivers.images.StoreImageDriver}. What a location may name is
 * {@link xenith.drivers.images.ImageLocations}' to say, and for addresses {@link xenith.drivers.images.AddressPolicy}'s.
 * Hosts on other machines see the same directories under the same paths. Knows nothing of hypervisors.
 */
package xenith.drivers.images;
