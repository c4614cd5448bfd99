package xenith.gateway.ec2.codec;

/** One operation of the SOAP contract. */
record ContractOperation(String name, ContractType.Complex request, ContractType.Complex response) {}
