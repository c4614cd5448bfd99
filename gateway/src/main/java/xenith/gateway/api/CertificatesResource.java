package xenith.gateway.api;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import xenith.engine.model.Caller;
import xenith.engine.model.User;
import xenith.engine.service.EngineException;
import xenith.engine.service.ErrorCode;
import xenith.engine.store.Snapshot;
import xenith.engine.store.Store;
import xenith.security.UserCertificate;
import xenith.security.x509.CertificateAuthority;
import xenith.security.x509.InvalidCertificateException;
import xenith.security.x509.IssuedCertificate;
import xenith.security.x509.UploadedCertificate;

/** A user's certificates, for themselves and for operators: issued by the cloud's authority, or made elsewhere. */
@Path("users/{user}/certificates")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class CertificatesResource {
    static final int MAX_CERTIFICATES = 20;

    private static final Duration VALIDITY = Duration.ofDays(365);

    private final Store store;
    private final References references;
    private final CredentialRecords credentials;
    private final CertificateAuthority authority;
    private final Clock clock;

    /**
     * A certificate in JSON; its id is its fingerprint, its name the subject.
     *
     * @param privateKeyPem only in the answer that issues it
     */
    record View(
            String id,
            String name,
            String user,
            Instant notBefore,
            Instant notAfter,
            boolean enabled,
            String certificatePem,
            Optional<String> privateKeyPem) {
        static View of(UserCertificate held, User user, Optional<String> privateKeyPem) {
            return new View(
                    held.fingerprint(),
                    held.subject(),
                    user.name(),
                    held.notBefore(),
                    held.notAfter(),
                    held.enabled(),
                    held.pem(),
                    privateKeyPem);
        }

        @Override
        public String toString() {
            return "View[" + id + "]";
        }
    }

    CertificatesResource(
            Store store,
            References references,
            CredentialRecords credentials,
            CertificateAuthority authority,
            Clock clock) {
        this.store = store;
        this.references = references;
        this.credentials = credentials;
        this.authority = authority;
        this.clock = clock;
    }

    @GET
    public List<View> list(@Context Caller caller, @PathParam("user") String reference) {
        Snapshot state = store.state();
        User user = references.user(state, caller, reference);
        return credentials.certificates(state, user.id()).stream()
                .sorted(Comparator.comparing(UserCertificate::notBefore).thenComparing(UserCertificate::fingerprint))
                .map(held -> View.of(held, user, Optional.empty()))
                .toList();
    }

    @POST
    public Response add(@Context Caller caller, @PathParam("user") String reference, JsonFields body) {
        body.only("pem");
        User user = references.user(store.state(), caller, reference);
        Optional<String> pem = body.optionalText("pem");
        View added = pem.isPresent() ? upload(user, pem.get()) : issue(user);
        return Response.status(Response.Status.CREATED).entity(added).build();
    }

    @DELETE
    @Path("{certificate}")
    public void remove(
            @Context Caller caller, @PathParam("user") String reference, @PathParam("certificate") String fingerprint) {
        store.write(tx -> {
            User user = references.user(tx.state(), caller, reference);
            UserCertificate certificate = credentials.certificates(tx.state(), user.id()).stream()
                    .filter(held -> held.fingerprint().equals(fingerprint))
                    .findFirst()
                    .orElseThrow(() -> new ApiException(
                            Problem.CERTIFICATE_NOT_FOUND,
                            "user " + user.name() + " has no certificate " + JsonFields.quote(fingerprint)));
            credentials.remove(tx, certificate);
            return null;
        });
    }

    private View issue(User user) {
        IssuedCertificate issued = authority.issueUser(user.name(), VALIDITY);
        UserCertificate certificate =
                issued.of(user.account().value(), user.id().toString());
        keep(user, certificate);
        return View.of(certificate, user, Optional.of(issued.privateKeyPem()));
    }

    private View upload(User user, String pem) {
        try {
            UserCertificate certificate = UploadedCertificate.check(pem, clock)
                    .of(user.account().value(), user.id().toString());
            keep(user, certificate);
            return View.of(certificate, user, Optional.empty());
        } catch (InvalidCertificateException refused) {
            throw new ApiException(Problem.CERTIFICATE_REFUSED, "member 'pem': " + refused.getMessage());
        }
    }

    private void keep(User user, UserCertificate certificate) {
        store.write(tx -> {
            if (credentials.certificates(tx.state(), user.id()).size() >= MAX_CERTIFICATES) {
                throw new EngineException(
                        ErrorCode.LIMIT_EXCEEDED,
                        "user " + user.name() + " has " + MAX_CERTIFICATES + " certificates already");
            }
            if (!credentials.add(tx, certificate)) {
                throw new ApiException(Problem.CERTIFICATE_TAKEN, "the certificate stands for a user already");
            }
            return null;
        });
    }
}
