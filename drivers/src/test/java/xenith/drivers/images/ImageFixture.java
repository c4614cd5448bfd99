package xenith.drivers.images;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import xenith.engine.model.AccountId;
import xenith.engine.model.Contextualization;
import xenith.engine.model.DiskFormat;
import xenith.engine.model.HostId;
import xenith.engine.model.Image;
import xenith.engine.model.ImageId;
import xenith.engine.model.ImageKind;
import xenith.engine.model.ImageState;
import xenith.engine.port.BootPlan;
import xenith.engine.port.HostEndpoint;

/** Images, plans and hosts for tests. */
final class ImageFixture {
    static final HostEndpoint HOST =
            new HostEndpoint(new HostId(1), "h1", "test:///default", Optional.empty(), UUID.randomUUID());
    static final HostEndpoint OTHER =
            new HostEndpoint(new HostId(2), "h2", "test:///other", Optional.empty(), HOST.cloud());

    private ImageFixture() {}

    static Image image(ImageKind kind, String location, DiskFormat format) {
        return new Image(
                new ImageId(1),
                new AccountId("000000000001"),
                "image",
                "",
                kind,
                "x86_64",
                location,
                format,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                ImageState.AVAILABLE,
                "",
                Instant.EPOCH);
    }

    static BootPlan plan(UUID vm, Image disk, long diskMib) {
        Contextualization context = new Contextualization("i-1", "guest", "aGVsbG8=", List.of("ssh-ed25519 AAAA me"));
        return new BootPlan(vm, Optional.of(disk), Optional.empty(), Optional.empty(), "", diskMib, context, List.of());
    }

    static FetchLimits limits(Set<String> allowed, long maxBytes) {
        return new FetchLimits(new AddressPolicy(allowed), maxBytes, 2 * maxBytes, Duration.ofSeconds(10), 2);
    }
}
