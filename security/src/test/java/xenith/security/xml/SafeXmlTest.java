package xenith.security.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class SafeXmlTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final SafeXml xml = new SafeXml(XmlLimits.DEFAULT);

    static Stream<Arguments> refused() {
        String laughs = IntStream.range(1, 30)
                .mapToObj(i -> "<!ENTITY l" + i + " \"&l" + (i - 1) + ";&l" + (i - 1) + ";\">")
                .collect(Collectors.joining("", "<!DOCTYPE r [<!ENTITY l0 \"ha\">", "]><r>&l29;</r>"));
        return Stream.of(
                Arguments.of("1 MiB of nesting", "<a>".repeat((1 << 20) / 3)),
                Arguments.of("101 levels", "<a>".repeat(101) + "</a>".repeat(101)),
                Arguments.of("billion laughs", laughs),
                Arguments.of("an empty DTD", "<!DOCTYPE r><r/>"),
                Arguments.of("an external DTD", "<!DOCTYPE r SYSTEM \"http://127.0.0.1:1/x\"><r/>"),
                Arguments.of("an unknown entity", "<r>&nbsp;</r>"),
                Arguments.of("an unknown entity in an attribute", "<r a='&nbsp;'/>"),
                Arguments.of("a processing instruction", "<r><?php 1?></r>"),
                Arguments.of("a stylesheet", "<?xml-stylesheet href='x'?><r/>"),
                Arguments.of("100,000 attributes", "<r" + numbered(" a%d='1'") + "/>"),
                Arguments.of("100,000 namespaces", "<r" + numbered(" xmlns:a%d='urn:%<d'") + "/>"),
                Arguments.of("201 attributes", "<r" + numbered(" a%d='1'", 201) + "/>"),
                Arguments.of("too many elements", "<r>" + "<a/>".repeat(200_001) + "</r>"),
                Arguments.of("more than 4 MiB", "<r>" + "x".repeat(4 << 20) + "</r>"),
                Arguments.of("XML 1.1", "<?xml version='1.1'?><r/>"),
                Arguments.of("an unbound prefix", "<p:r/>"),
                Arguments.of("an attribute twice", "<r xmlns:a='u' xmlns:b='u' a:x='1' b:x='1'/>"),
                Arguments.of("two roots", "<r/><r/>"),
                Arguments.of("text after the end", "<r/>x"),
                Arguments.of("an end cut off", "<r><a>"),
                Arguments.of("nothing", ""),
                Arguments.of("a control character", "<r>\u0001</r>"),
                Arguments.of("no XML", "Action=DescribeInstances"));
    }

    private static String numbered(String pattern) {
        return numbered(pattern, 100_000);
    }

    private static String numbered(String pattern, int count) {
        return IntStream.range(0, count).mapToObj(pattern::formatted).collect(Collectors.joining());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void isRefusedAsADocumentAndAsAStreamInBoundedTime(String name, String text) {
        byte[] bytes = text.getBytes(UTF_8);

        Assertions.assertTimeout(SOON, () -> {
            assertThatThrownBy(() -> xml.parse(bytes)).isInstanceOf(MalformedXmlException.class);
            assertThatThrownBy(() -> readToTheEnd(xml.reader(bytes))).isInstanceOf(XMLStreamException.class);
        });
    }

    private static void readToTheEnd(XMLStreamReader reader) throws XMLStreamException {
        while (reader.hasNext()) {
            reader.next();
        }
    }

    @Test
    void anExternalEntityIsNotRead(@TempDir Path directory) throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "hidden");
        String text = "<!DOCTYPE r [<!ENTITY s SYSTEM \"" + secret.toUri() + "\">]><r>&s;</r>";

        assertThatThrownBy(() -> xml.parse(text.getBytes(UTF_8)))
                .hasMessage("a document type declaration is not allowed");
    }

    @Test
    void malformedUtf8IsRefused() {
        assertThatThrownBy(() -> xml.parse(new byte[] {'<', 'r', '>', (byte) 0xC3, '(', '<', '/', 'r', '>'}))
                .isInstanceOf(MalformedXmlException.class);
    }

    @Test
    void aCommentDoesNotSplitText() throws MalformedXmlException {
        Document document = xml.parse("<r a='1'>one<!-- x --> <![CDATA[two]]>&amp;</r>".getBytes(UTF_8));

        Element root = document.getDocumentElement();
        assertThat(root.getChildNodes().getLength()).isEqualTo(1);
        assertThat(root.getFirstChild().getNodeValue()).isEqualTo("one two&");
    }

    @Test
    void namespacesArriveInTheDocument() throws MalformedXmlException {
        Document document = xml.parse("<p:r xmlns:p='urn:p' xmlns='urn:d' p:a='1' b='2'><c/></p:r>".getBytes(UTF_8));

        Element root = document.getDocumentElement();
        assertThat(root.getNamespaceURI()).isEqualTo("urn:p");
        assertThat(root.getAttributeNS("urn:p", "a")).isEqualTo("1");
        assertThat(root.getAttributeNS(null, "b")).isEqualTo("2");
        assertThat(root.getAttribute("xmlns:p")).isEqualTo("urn:p");
        assertThat(root.getFirstChild().getNamespaceURI()).isEqualTo("urn:d");
    }

    @Test
    void theReadersShortcutsAreGuardedToo() throws XMLStreamException {
        XMLStreamReader reader = xml.reader("<r> <a>x<!-- c -->y</a> </r>".getBytes(UTF_8));
        reader.nextTag();
        reader.nextTag();

        assertThat(reader.getElementText()).isEqualTo("xy");
        assertThatThrownBy(() -> xml.reader("<!DOCTYPE r><r/>".getBytes(UTF_8)).nextTag())
                .isInstanceOf(MalformedXmlException.class);
    }

    @Test
    void whatIsJustWithinTheLimitsIsRead() throws MalformedXmlException {
        String text = "<a>".repeat(100) + "</a>".repeat(100);

        assertThat(xml.parse(text.getBytes(UTF_8)).getDocumentElement().getLocalName())
                .isEqualTo("a");
    }
}
