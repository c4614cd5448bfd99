package xenith.security.grid;

import java.security.cert.X509CRL;
import java.util.List;

/**
 * An authority's revocation lists in the trust directory.
 *
 * @param readable those that are whole; whether they are current and genuine is not yet judged
 * @param present whether there is any, be it damaged
 */
record RevocationLists(List<X509CRL> readable, boolean present) {}
