package xenith.gateway.ec2.codec;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * Writes well-formed XML in UTF-8 to a stream as it goes. Element names are trusted; text is escaped, and what XML 1.0
 * cannot carry becomes U+FFFD. For one thread.
 */
final class XmlOutput {
    private static final char REPLACEMENT = '\uFFFD';

    private final Writer out;

    XmlOutput(OutputStream out) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    void declaration() throws IOException {
        out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    }

    void start(String name) throws IOException {
        out.write('<');
        out.write(name);
        out.write('>');
    }

    /** Starts an element whose namespace, and that of those within, is the default one. */
    void start(String name, String namespace) throws IOException {
        startDeclaring(name, "xmlns", namespace);
    }

    /** Starts an element that binds a prefix. */
    void startBinding(String name, String prefix, String namespace) throws IOException {
        startDeclaring(name, "xmlns:" + prefix, namespace);
    }

    private void startDeclaring(String name, String declaration, String namespace) throws IOException {
        out.write('<');
        out.write(name);
        out.write(' ');
        out.write(declaration);
        out.write("=\"");
        escape(namespace, out);
        out.write("\">");
    }

    void end(String name) throws IOException {
        out.write("</");
        out.write(name);
        out.write('>');
    }

    void empty(String name) throws IOException {
        out.write('<');
        out.write(name);
        out.write("/>");
    }

    void element(String name, String text) throws IOException {
        start(name);
        escape(text, out);
        end(name);
    }

    void text(String text) throws IOException {
        escape(text, out);
    }

    void flush() throws IOException {
        out.flush();
    }

    static String escapedAttribute(String text) {
        StringWriter escaped = new StringWriter();
        try {
            escape(text, escaped);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return escaped.toString();
    }

    private static void escape(String text, Writer out) throws IOException {
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < '\uD800' && c != '&' && c != '<' && c != '>' && c != '"') {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            if (c == '\n' || c == '\t' || (c >= '\uE000' && c <= '\uFFFD')) {
                continue;
            }
            out.write(text, written, i - written);
            out.write(substitute(c));
            written = i + 1;
        }
        out.write(text, written, text.length() - written);
    }

    private static String substitute(char c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            // A parser would make a line feed of a bare one.
            case '\r' -> "&#13;";
            default -> String.valueOf(REPLACEMENT);
        };
    }
}
