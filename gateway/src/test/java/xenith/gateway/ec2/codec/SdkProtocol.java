package xenith.gateway.ec2.codec;

import java.io.ByteArrayInputStream;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.core.ClientEndpointProvider;
import software.amazon.awssdk.core.client.config.SdkClientConfiguration;
import software.amazon.awssdk.core.client.config.SdkClientOption;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.runtime.transform.Marshaller;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.protocols.query.AwsEc2ProtocolFactory;
import software.amazon.awssdk.protocols.query.AwsQueryProtocolFactory;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.Ec2Response;

/** The SDK's own marshallers and unmarshallers, as its client uses them, without a client. */
final class SdkProtocol {
    private final AwsQueryProtocolFactory factory = AwsEc2ProtocolFactory.builder()
            .clientConfiguration(SdkClientConfiguration.builder()
                    .option(
                            SdkClientOption.CLIENT_ENDPOINT_PROVIDER,
                            ClientEndpointProvider.forEndpointOverride(URI.create("http://127.0.0.1/")))
                    .build())
            .build();

    /** Every action of the SDK's client. */
    static List<String> actions() {
        return Arrays.stream(Ec2Client.class.getMethods())
                .filter(method -> method.getParameterCount() == 1)
                .map(SdkProtocol::requestOf)
                .filter(Ec2Request.class::isAssignableFrom)
                .map(request -> request.getSimpleName().replaceAll("Request$", ""))
                .map(name -> name.equals("EnableVolumeIo") ? "EnableVolumeIO" : name)
                .distinct()
                .sorted()
                .toList();
    }

    private static Class<?> requestOf(Method method) {
        return Ec2Response.class.isAssignableFrom(method.getReturnType()) ? method.getParameterTypes()[0] : Void.class;
    }

    /** The parameters that the SDK sends for a request. */
    List<Parameter> marshalled(Ec2Request request) throws ReflectiveOperationException {
        Class<?> marshaller = Class.forName("software.amazon.awssdk.services.ec2.transform."
                + request.getClass().getSimpleName() + "Marshaller");
        @SuppressWarnings("unchecked")
        Marshaller<Ec2Request> sdk = (Marshaller<Ec2Request>)
                marshaller.getConstructor(AwsQueryProtocolFactory.class).newInstance(factory);
        SdkHttpFullRequest sent = sdk.marshall(request);
        return sent.rawQueryParameters().entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(value -> new Parameter(entry.getKey(), value)))
                .toList();
    }

    /** What the SDK's client makes of an answer. */
    Ec2Response unmarshalled(StructShape response, byte[] document) throws Exception {
        SdkHttpFullResponse answer = SdkHttpFullResponse.builder()
                .statusCode(200)
                .content(AbortableInputStream.create(new ByteArrayInputStream(document)))
                .build();
        return (Ec2Response) factory.createResponseHandler(response::newBuilder)
                .handle(answer, ExecutionAttributes.builder().build());
    }
}
