package xenith.security.grid;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** Finds the ways from a user's certificate to trusted authorities, by names alone; whether they hold is not judged. */
final class AuthorityPaths {
    /** A user's certificate, its authorities, and the trusted one. */
    static final int MAX_LENGTH = 8;

    /** More ways than one exist only where an authority has changed its key. */
    static final int MAX_PATHS = 16;

    private final TrustDirectory trust;
    private final List<List<X509Certificate>> found = new ArrayList<>();

    private AuthorityPaths(TrustDirectory trust) {
        this.trust = trust;
    }

    /**
     * The ways that end at an authority of the directory which certifies itself, the shortest use of what was sent first.
     *
     * @param sent the user's certificate, and authorities above it, in order
     */
    static List<List<X509Certificate>> find(TrustDirectory trust, List<X509Certificate> sent) {
        AuthorityPaths paths = new AuthorityPaths(trust);
        int linked = 1;
        while (linked < sent.size() && issued(sent.get(linked), sent.get(linked - 1))) {
            linked++;
        }
        for (int taken = 1; taken <= linked; taken++) {
            paths.complete(sent.subList(0, taken));
        }
        return paths.found;
    }

    private void complete(List<X509Certificate> path) {
        X500Principal issuer = path.get(path.size() - 1).getIssuerX500Principal();
        for (X509Certificate authority : trust.authorities(issuer)) {
            if (path.size() == MAX_LENGTH || found.size() == MAX_PATHS || path.contains(authority)) {
                continue;
            }
            List<X509Certificate> longer = new ArrayList<>(path);
            longer.add(authority);
            if (issued(authority, authority)) {
                found.add(List.copyOf(longer));
            } else {
                complete(longer);
            }
        }
    }

    private static boolean issued(X509Certificate issuer, X509Certificate certificate) {
        return certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal());
    }
}
