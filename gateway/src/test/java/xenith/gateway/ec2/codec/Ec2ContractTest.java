package xenith.gateway.ec2.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.cxf.BusFactory;
import org.apache.cxf.service.model.ServiceInfo;
import org.apache.cxf.tools.common.ToolContext;
import org.apache.cxf.tools.wsdlto.WSDLToJava;
import org.apache.cxf.wsdl11.WSDLServiceFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Ec2ContractTest {
    private static final String ENDPOINT = "http://127.0.0.1:8773/?a&b";

    @Test
    void cxfReadsTheServedContract(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("ec2.wsdl");
        Files.write(file, Codec.CONTRACT.wsdl(ENDPOINT, ApiVersion.CONTRACT));
        ServiceInfo service = new WSDLServiceFactory(
                        BusFactory.getDefaultBus(), file.toUri().toString())
                .create()
                .getServiceInfos()
                .get(0);
        assertThat(service.getInterface().getOperations()).hasSize(149);
        assertThat(service.getEndpoints().iterator().next().getAddress()).isEqualTo(ENDPOINT);
    }

    @Test
    void wsdl2javaMakesTypesOfTheServedContract(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("ec2.wsdl");
        Files.write(file, Codec.CONTRACT.wsdl(ENDPOINT, ApiVersion.CONTRACT));
        new WSDLToJava(new String[] {"-p", "made", "-d", directory.toString(), file.toString()}).run(new ToolContext());
        assertThat(directory.resolve("made/AmazonEC2PortType.java"))
                .content()
                .contains("public RunInstancesResponseType runInstances(");
        assertThat(directory.resolve("made/RunInstancesType.java")).exists();
    }

    @Test
    void everyOperationHasItsNameAsSoapAction() {
        String wsdl = served(ApiVersion.CONTRACT);
        assertThat(Codec.CONTRACT.operations().keySet())
                .allSatisfy(name -> assertThat(wsdl).contains("soapAction=\"" + name + "\""));
    }

    @Test
    void anotherVersionIsServedInItsNamespace() {
        assertThat(served(new ApiVersion("2010-08-31")))
                .contains("targetNamespace=\"http://ec2.amazonaws.com/doc/2010-08-31/\"")
                .doesNotContain("doc/2013-02-01");
    }

    private static String served(ApiVersion version) {
        return new String(Codec.CONTRACT.wsdl(ENDPOINT, version), StandardCharsets.UTF_8);
    }
}
