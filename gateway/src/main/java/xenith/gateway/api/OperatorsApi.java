package xenith.gateway.api;

import jakarta.servlet.http.HttpServlet;
import jakarta.ws.rs.core.Application;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import xenith.engine.Engine;
import xenith.engine.service.Directory;
import xenith.engine.service.HostRegistry;
import xenith.engine.service.ImageCatalog;
import xenith.engine.service.NetworkRegistry;
import xenith.engine.service.VirtualMachines;
import xenith.engine.store.Store;
import xenith.security.AccessKeys;
import xenith.security.query.ApiAuthenticator;
import xenith.security.x509.CertificateAuthority;

/** The whole interface as one servlet. */
public final class OperatorsApi {
    /** Where the servlet is to be mounted. */
    public static final String MOUNT = "/xenith/v1/*";

    private OperatorsApi() {}

    /**
     * What callers prove themselves with.
     *
     * @param authenticator its scope admits the services {@code xenith} and {@code ec2}
     */
    public record Credentials(
            ApiAuthenticator authenticator,
            CredentialRecords records,
            AccessKeys accessKeys,
            CertificateAuthority authority) {}

    /** The servlet, ready to be mounted at {@link #MOUNT}. */
    public static HttpServlet servlet(
            Store store,
            Engine engine,
            Credentials credentials,
            ExternalIds externalIds,
            ApiSettings settings,
            Clock clock) {
        References references = new References(externalIds);
        Directory directory = new Directory(new SecureRandom());
        VirtualMachines machines = new VirtualMachines(engine.destinations());
        CredentialRecords records = credentials.records();
        Set<Object> parts = Set.of(
                new Authentication(credentials.authenticator(), store),
                new CallerProvider(),
                new JsonBodies(),
                new FailureMapper(),
                new OpenApiResource(),
                new AccountsResource(store, directory, references),
                new UsersResource(store, directory, references, records),
                new AccessKeysResource(store, references, records, credentials.accessKeys()),
                new CertificatesResource(store, references, records, credentials.authority(), clock),
                new ImagesResource(store, engine, new ImageCatalog(), references, externalIds, clock),
                new HostsResource(
                        store,
                        engine,
                        new HostRegistry(settings.drivers()),
                        references,
                        settings.driver(),
                        settings.zone()),
                new VmsResource(store, engine, machines, references),
                new NetworksResource(store, new NetworkRegistry(), references),
                new TransfersResource(settings.transfers()),
                new EventsResource(store),
                new BackupResource(settings.backup()),
                new ShutdownResource(new GuestShutdown(store, machines, settings.privateHost())));
        return new ApiServlet(new Parts(parts), settings.stop());
    }

    /** The parts, as JAX-RS wants to be told of them. */
    private static final class Parts extends Application {
        private final Set<Object> parts;

        Parts(Set<Object> parts) {
            this.parts = parts;
        }

        @Override
        @SuppressWarnings("deprecation") // JAX-RS has no other way to take instances that were made by constructors.
        public Set<Object> getSingletons() {
            return parts;
        }
    }
}
