import java.io.ByteArrayInputStream;
import java.io.FileOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import org.apache.ws.security.WSPasswordCallback;
import org.codehaus.xfire.XFire;
import org.codehaus.xfire.XFireFactory;
import org.codehaus.xfire.XFireRuntimeException;
import org.codehaus.xfire.client.Client;
import org.codehaus.xfire.client.XFireProxyFactory;
import org.codehaus.xfire.fault.XFireFault;
import org.codehaus.xfire.security.wss4j.WSS4JOutHandler;
import org.codehaus.xfire.service.OperationInfo;
import org.codehaus.xfire.service.Service;
import org.codehaus.xfire.service.binding.MessageBindingProvider;
import org.codehaus.xfire.service.binding.ObjectServiceFactory;
import org.codehaus.xfire.soap.SoapConstants;
import org.codehaus.xfire.util.dom.DOMOutHandler;
import org.jdom.Element;
import org.jdom.Namespace;
import org.jdom.filter.ElementFilter;
import org.jdom.input.SAXBuilder;

/**
 * The EC2 session over SOAP by XFire 1.2.6 and WSS4J 1.5.1, the stack of EC2's classic command-line tools, which signs as
 * they do: a direct security token, RSA-SHA1, Timestamp and Body. Needs EC2_URL, EC2_CERT and EC2_PRIVATE_KEY.
 */
public final class XFireSession {
    private static final String NAMESPACE = "http://ec2.amazonaws.com/doc/2009-11-30/";
    private static final String STORE_PASSWORD = "only-for-this-run";
    private static final long PATIENCE_MILLIS = 180_000;

    /** The operations that the session uses; XFire takes SOAPAction from their names. */
    public interface Ec2 {
        Element DescribeRegions(Element request) throws XFireFault;

        Element DescribeAvailabilityZones(Element request) throws XFireFault;

        Element DescribeImages(Element request) throws XFireFault;

        Element CreateKeyPair(Element request) throws XFireFault;

        Element DescribeKeyPairs(Element request) throws XFireFault;

        Element DeleteKeyPair(Element request) throws XFireFault;

        Element RunInstances(Element request) throws XFireFault;

        Element DescribeInstances(Element request) throws XFireFault;

        Element GetConsoleOutput(Element request) throws XFireFault;

        Element RebootInstances(Element request) throws XFireFault;

        Element StopInstances(Element request) throws XFireFault;

        Element StartInstances(Element request) throws XFireFault;

        Element TerminateInstances(Element request) throws XFireFault;
    }

    private final Ec2 ec2;

    private XFireSession(Ec2 ec2) {
        this.ec2 = ec2;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("xfire-session");
        new XFireSession(connect(System.getenv("EC2_URL"), folder)).run();
        System.out.println("the session ran through");
    }

    private void run() throws Exception {
        check(!all(ec2.DescribeRegions(element("DescribeRegions", "")), "regionName").isEmpty(), "a region");
        check(!all(ec2.DescribeAvailabilityZones(element("DescribeAvailabilityZones", "")), "zoneName").isEmpty(),
                "a zone");
        String image = machineImage(ec2.DescribeImages(element("DescribeImages", "<imagesSet/>")));
        String key = text(
                ec2.CreateKeyPair(element("CreateKeyPair", "<keyName>xfire</keyName>")), "keyMaterial");
        check(key.contains("PRIVATE KEY"), "a private key");
        String nonce = UUID.randomUUID().toString();
        String userData = Base64.getEncoder().encodeToString(nonce.getBytes(StandardCharsets.UTF_8));
        Element run = ec2.RunInstances(element(
                "RunInstances",
                "<imageId>" + image + "</imageId><minCount>1</minCount><maxCount>1</maxCount>"
                        + "<keyName>xfire</keyName><groupSet/><userData version=\"1.0\" encoding=\"base64\"><data>"
                        + userData + "</data></userData><instanceType>m1.small</instanceType>"));
        String instance = text(run, "instanceId");
        check(!all(run, "groupSet").isEmpty() && all(run, "launchTime").size() == 1, "groups and a time");
        awaitState(instance, "running");
        awaitConsole(instance, nonce);
        check("true".equals(text(ec2.RebootInstances(of("RebootInstances", instance)), "return")), "a return of true");
        ec2.StopInstances(element("StopInstances", instances(instance) + "<force>false</force>"));
        awaitState(instance, "stopped");
        ec2.StartInstances(of("StartInstances", instance));
        awaitState(instance, "running");
        checkFault(element("DescribeInstances", instances("i-00000000")), "Client.InvalidInstanceID.NotFound");
        ec2.TerminateInstances(of("TerminateInstances", instance));
        awaitState(instance, "terminated");
        check("true".equals(text(ec2.DeleteKeyPair(element("DeleteKeyPair", "<keyName>xfire</keyName>")), "return")),
                "a return of true");
    }

    private void awaitState(String instance, String state) throws Exception {
        long deadline = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (true) {
            Element answer = ec2.DescribeInstances(of("DescribeInstances", instance));
            String name = text(all(answer, "instanceState").get(0), "name");
            if (name.equals(state)) {
                return;
            }
            check(System.currentTimeMillis() < deadline, state + " instead of " + name);
            Thread.sleep(200);
        }
    }

    private void awaitConsole(String instance, String nonce) throws Exception {
        long deadline = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (true) {
            String output = text(
                    ec2.GetConsoleOutput(element(
                            "GetConsoleOutput", "<instanceId>" + instance + "</instanceId>")),
                    "output");
            if (new String(Base64.getMimeDecoder().decode(output), StandardCharsets.UTF_8).contains(nonce)) {
                return;
            }
            check(System.currentTimeMillis() < deadline, "the user data on the console");
            Thread.sleep(500);
        }
    }

    private void checkFault(Element request, String code) {
        try {
            ec2.DescribeInstances(request);
        } catch (XFireFault fault) {
            check(fault.getFaultCode().getLocalPart().equals(code), code + ", not " + fault.getFaultCode());
            return;
        } catch (XFireRuntimeException wrapped) {
            XFireFault fault = (XFireFault) wrapped.getCause();
            check(fault.getFaultCode().getLocalPart().equals(code), code + ", not " + fault.getFaultCode());
            return;
        }
        throw new AssertionError("expected the fault " + code);
    }

    private static String machineImage(Element images) {
        return all(images, "imageId").stream()
                .map(Element::getText)
                .filter(id -> id.startsWith("ami-"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("expected a machine image"));
    }

    private static Element of(String operation, String instance) throws Exception {
        return element(operation, instances(instance));
    }

    private static String instances(String instance) {
        return "<instancesSet><item><instanceId>" + instance + "</instanceId></item></instancesSet>";
    }

    private static Element element(String operation, String content) throws Exception {
        String text = "<" + operation + " xmlns=\"" + NAMESPACE + "\">" + content + "</" + operation + ">";
        return (Element) new SAXBuilder().build(new StringReader(text)).getRootElement().detach();
    }

    private static List<Element> all(Element answer, String name) {
        List<Element> found = new ArrayList<>();
        Iterator<?> elements = answer.getDescendants(new ElementFilter(name, Namespace.getNamespace(NAMESPACE)));
        elements.forEachRemaining(element -> found.add((Element) element));
        return found;
    }

    private static String text(Element answer, String name) {
        List<Element> found = all(answer, name);
        check(!found.isEmpty(), "an element " + name);
        return found.get(0).getText();
    }

    private static void check(boolean holds, String expectation) {
        if (!holds) {
            throw new AssertionError("expected " + expectation);
        }
    }

    private static Ec2 connect(String url, Path folder) throws Exception {
        XFire xfire = XFireFactory.newInstance().getXFire();
        ObjectServiceFactory services =
                new ObjectServiceFactory(xfire.getTransportManager(), new MessageBindingProvider()) {
                    @Override
                    protected String getAction(OperationInfo operation) {
                        return operation.getMethod().getName();
                    }
                };
        services.setStyle(SoapConstants.STYLE_MESSAGE);
        Service service = services.create(Ec2.class, "AmazonEC2", NAMESPACE, null);
        Ec2 proxy = (Ec2) new XFireProxyFactory(xfire).create(service, url);
        Client client = Client.getInstance(proxy);
        client.addOutHandler(new DOMOutHandler());
        client.addOutHandler(new WSS4JOutHandler(signing(folder)));
        return proxy;
    }

    private static Properties signing(Path folder) throws Exception {
        Path store = keyStore(folder);
        // WSS4J 1.5 finds its crypto properties on the class path alone.
        Properties crypto = new Properties();
        crypto.setProperty(
                "org.apache.ws.security.crypto.provider", "org.apache.ws.security.components.crypto.Merlin");
        crypto.setProperty("org.apache.ws.security.crypto.merlin.keystore.type", "pkcs12");
        crypto.setProperty("org.apache.ws.security.crypto.merlin.keystore.password", STORE_PASSWORD);
        crypto.setProperty("org.apache.ws.security.crypto.merlin.keystore.alias", "me");
        crypto.setProperty("org.apache.ws.security.crypto.merlin.file", store.toString());
        Path onClassPath = Path.of(System.getProperty("xfire.properties"));
        try (FileOutputStream out = new FileOutputStream(onClassPath.toFile())) {
            crypto.store(out, null);
        }
        Properties signing = new Properties();
        signing.setProperty("action", "Timestamp Signature");
        signing.setProperty("user", "me");
        signing.setProperty("signatureKeyIdentifier", "DirectReference");
        signing.setProperty("signaturePropFile", onClassPath.getFileName().toString());
        signing.setProperty("passwordCallbackClass", StorePassword.class.getName());
        signing.setProperty(
                "signatureParts",
                "{}{http://schemas.xmlsoap.org/soap/envelope/}Body;{}{http://docs.oasis-open.org/wss/2004/01/"
                        + "oasis-200401-wss-wssecurity-utility-1.0.xsd}Timestamp");
        return signing;
    }

    private static Path keyStore(Path folder) throws Exception {
        String pem = Files.readString(Path.of(System.getenv("EC2_PRIVATE_KEY")))
                .replaceAll("-----[A-Z ]+-----", "");
        PrivateKey key = KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
        Certificate certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(Files.readAllBytes(Path.of(System.getenv("EC2_CERT")))));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("me", key, STORE_PASSWORD.toCharArray(), new Certificate[] {certificate});
        Path file = folder.resolve("me.p12");
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            store.store(out, STORE_PASSWORD.toCharArray());
        }
        return file;
    }

    /** Tells WSS4J the key's password. */
    public static final class StorePassword implements CallbackHandler {
        @Override
        public void handle(Callback[] callbacks) {
            for (Callback callback : callbacks) {
                ((WSPasswordCallback) callback).setPassword(STORE_PASSWORD);
            }
        }
    }
}
