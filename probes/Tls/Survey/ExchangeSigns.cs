namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>What one answer by itself tells of the server behind a port.</summary>
internal static class ExchangeSigns
{
    private const int TinyRecord = 64;

    public static IEnumerable<BehaviourKind> Of(HelloExchange exchange)
    {
        if (exchange is { Reply: Alerted { Alert.Description: TlsAlert.UnrecognizedName }, Hello.ServerName: null })
        {
            yield return BehaviourKind.RequiresServerName;
        }

        if (exchange.Reply is not Selected { Flight: var flight })
        {
            yield break;
        }

        if (flight.Body(HandshakeType.CertificateRequest) is not null)
        {
            yield return BehaviourKind.RequestsClientCertificate;
        }

        if (flight.LargestRecord is > 0 and < TinyRecord && exchange.Received.Length > 4 * TinyRecord)
        {
            yield return BehaviourKind.FragmentsRecords;
        }

        if (exchange.Hello is { } hello && !hello.Suites.Contains(flight.Hello.Suite))
        {
            yield return BehaviourKind.SelectsUnofferedSuites;
        }
    }
}
