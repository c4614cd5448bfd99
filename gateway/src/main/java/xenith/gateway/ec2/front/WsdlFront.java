package xenith.gateway.ec2.front;

import java.nio.ByteBuffer;
import java.util.Locale;
import xenith.gateway.ec2.codec.ApiVersion;
import xenith.gateway.ec2.codec.Ec2Contract;
import xenith.gateway.http.Front;
import xenith.gateway.http.HttpAnswer;
import xenith.gateway.http.HttpRequest;
import xenith.gateway.http.Refuser;

/** Serves EC2's contract with the address that it was asked at, to anybody. */
public final class WsdlFront implements Front {
    private final Ec2Contract contract;
    private final Refuser refuser;

    public WsdlFront(Ec2Contract contract, Refuser refuser) {
        this.contract = contract;
        this.refuser = refuser;
    }

    /** Whether the request is {@code GET ...?wsdl}. */
    public static boolean takes(HttpRequest request) {
        return request.method().equals("GET")
                && request.rawQuery().toLowerCase(Locale.ROOT).equals("wsdl");
    }

    @Override
    public HttpAnswer answer(HttpRequest request) {
        String address = request.endpoint().resolve(request.rawPath()).toString();
        return new HttpAnswer(200, HttpAnswer.XML, ByteBuffer.wrap(contract.wsdl(address, ApiVersion.CONTRACT)));
    }

    @Override
    public HttpAnswer refuse(HttpRequest request, Reason reason) {
        return refuser.refuse(request, reason);
    }
}
