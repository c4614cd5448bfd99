package xenith.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that we did not write speak to the TLS listener with nothing but what {@code xenithrc} exports. */
class TlsSessionTest {
    private static RunningCloud cloud;

    @BeforeAll
    static void up() {
        cloud = RunningCloud.simulated(1);
    }

    @AfterAll
    static void close() {
        cloud.close();
    }

    @Test
    void awscliTrustsTheExportedAuthority() {
        String image = shell("aws --endpoint-url \"$XENITH_TLS_URL\" ec2 describe-images --output text "
                        + "--filters Name=image-type,Values=machine --query 'Images[0].ImageId'")
                .succeeded();
        String instance = shell("aws --endpoint-url \"$XENITH_TLS_URL\" ec2 run-instances --output text --image-id "
                        + image + " --instance-type t1.micro --query 'Instances[0].InstanceId'")
                .succeeded();

        assertThat(cloud.aws("describe-instances", "--query", "Reservations[].Instances[].InstanceId"))
                .isEqualTo(instance);
    }

    @Test
    void boto3TrustsIt() {
        assertThat(shell(
                                "/usr/bin/python3 -c 'import os, boto3; print(boto3.client(\"ec2\", endpoint_url="
                                        + "os.environ[\"XENITH_TLS_URL\"]).describe_regions()[\"Regions\"][0][\"RegionName\"])'")
                        .succeeded())
                .isEqualTo("xenith");
    }

    @Test
    void aClientThatDoesNotKnowTheAuthorityIsWarned() {
        CommandResult refused = shell("curl -sS \"$XENITH_TLS_URL/health\"");

        assertThat(refused.status()).isEqualTo(60);
        assertThat(shell("curl -sS --cacert \"$AWS_CA_BUNDLE\" \"$XENITH_TLS_URL/health\"")
                        .succeeded())
                .contains("serving");
    }

    @Test
    void oldVersionsOfTlsAreNotSpoken() {
        assertThat(shell("curl -sS --cacert \"$AWS_CA_BUNDLE\" --tls-max 1.1 --ciphers 'DEFAULT@SECLEVEL=0' "
                                + "\"$XENITH_TLS_URL/health\"")
                        .status())
                .isEqualTo(35);
    }

    private static CommandResult shell(String script) {
        return cloud.run(List.of("sh", "-c", script).toArray(String[]::new));
    }
}
