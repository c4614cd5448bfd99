package xenith.gateway.server;

import jakarta.servlet.http.HttpServlet;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import xenith.engine.store.Store;
import xenith.gateway.credentials.StoreCredentials;
import xenith.gateway.ec2.actions.ActionTable;
import xenith.gateway.ec2.actions.EngineServices;
import xenith.gateway.ec2.codec.ActionShapes;
import xenith.gateway.ec2.codec.Ec2Contract;
import xenith.gateway.ec2.front.ActionObserver;
import xenith.gateway.ec2.front.Ec2Dispatch;
import xenith.gateway.ec2.front.Ec2Soap;
import xenith.gateway.ec2.front.QueryFront;
import xenith.gateway.ec2.front.SoapFront;
import xenith.gateway.ec2.front.SoapRefuser;
import xenith.gateway.ec2.front.StsFront;
import xenith.gateway.ec2.front.WsdlFront;
import xenith.gateway.ec2.tables.Ec2Ids;
import xenith.gateway.http.Route;
import xenith.security.AccessKeys;
import xenith.security.query.QueryAuthenticator;
import xenith.security.query.SigningScope;
import xenith.security.soap.ReplayGuard;
import xenith.security.soap.Sha1Policy;
import xenith.security.soap.SoapAuthenticator;
import xenith.security.xml.SafeXml;
import xenith.security.xml.XmlLimits;

/** EC2 wired: Query, the token service, SOAP on CXF, and the contract. */
final class Ec2Fronts {
    private final HttpServlet soap;
    private final List<Route> routes;

    /**
     * @param regions that signatures may name
     * @param observer hears of actions
     */
    Ec2Fronts(
            Configuration configuration,
            Set<String> regions,
            Store store,
            EngineServices services,
            Ec2Ids ids,
            StoreCredentials credentials,
            AccessKeys accessKeys,
            ActionObserver observer,
            Clock clock) {
        Ec2Contract contract = new Ec2Contract();
        ActionShapes shapes = new ActionShapes(contract);
        ActionTable actions = new ActionTable(shapes, services, ids, configuration.region(), clock);
        Ec2Dispatch dispatch = new Ec2Dispatch(store, actions, shapes);
        StsFront sts = new StsFront(
                new QueryAuthenticator(credentials, accessKeys, new SigningScope(regions, Set.of("sts")), clock),
                store);
        QueryFront query = new QueryFront(
                new QueryAuthenticator(credentials, accessKeys, new SigningScope(regions, Set.of("ec2")), clock),
                dispatch,
                sts,
                observer);
        Sha1Policy sha1 = configuration.acceptsSha1() ? Sha1Policy.ALLOW : Sha1Policy.REFUSE;
        this.soap = Ec2Soap.servlet(
                new SafeXml(XmlLimits.DEFAULT),
                new SoapAuthenticator(credentials, sha1, clock),
                new SoapFront(new ReplayGuard(credentials, clock), dispatch, observer));
        SoapRefuser refuser = new SoapRefuser();
        this.routes = List.of(
                new Route(WsdlFront::takes, new Route.ToFront(new WsdlFront(contract, refuser), false)),
                new Route(Ec2Soap::takes, new Route.ToServlet(Optional.of(Ec2Soap.PATH), refuser)),
                new Route(StsFront::takes, new Route.ToFront(sts, false)),
                new Route(request -> true, new Route.ToFront(query, false)));
    }

    /** To be mounted at {@link Ec2Soap#MOUNT}. */
    HttpServlet soap() {
        return soap;
    }

    /** The last takes whatever no other does. */
    List<Route> routes() {
        return routes;
    }
}
