/**
 * Images in a store on this machine, clones of them for virtual machines, and the seeds that tell guests what they are.
 *
 * <p>Start reading at {@link xenith.drivers.images.RoutedImageDriver}, which chooses between two modules:
 * {@link xenith.drivers.images.StoreImageDriver} for hosts that see the same directories under the same paths, and
 * {@link xenith.drivers.images.PoolImageDriver} for those that images are uploaded to. What a location may name is
 * {@link xenith.drivers.images.ImageLocations}' to say, and for addresses {@link xenith.drivers.images.AddressPolicy}'s.
 * Knows nothing of domains.
 */
package xenith.drivers.images;
