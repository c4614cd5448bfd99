/**
 * Parses XML that strangers send: no DTD, no entities of their own, no processing instructions, and bounds on
 * everything.
 *
 * <p>Start reading at {@link xenith.security.xml.SafeXml}; nothing else in the house may make an XML parser for what
 * comes over a wire.
 *
 * <p>It must not know what the documents mean.
 */
package xenith.security.xml;
