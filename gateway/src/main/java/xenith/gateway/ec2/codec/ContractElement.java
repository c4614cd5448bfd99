package xenith.gateway.ec2.codec;

/**
 * One child element of a type in the SOAP contract.
 *
 * @param required whether it must be there
 * @param repeated whether it may be there more than once
 */
record ContractElement(String name, ContractType type, boolean required, boolean repeated) {}
