using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Certificates a port shows only for some suites or signature schemes, out of flights and handshakes of other probes.</summary>
internal static class FurtherChains
{
    /// <summary>A port behind a load balancer may show a new one each time.</summary>
    private const int Most = 8;

    /// <returns>The chain given, then the others in the order they were met, one a certificate of the server.</returns>
    public static async Task<IReadOnlyList<PresentedChain>> BesideAsync(
        PresentedChain first, VersionSurvey survey, Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken)
    {
        if (first.Certificates is not { Count: > 0 })
        {
            return [first];
        }

        var suites = await SuiteSurvey.OfAsync(endpoint, context, cancellationToken);
        IEnumerable<PresentedChain> chains = [first, .. OfFlights([.. survey.Exchanges, .. suites.Walked], endpoint)];
        if (survey.Selected.Contains(ProtocolVersion.Tls13.Wire))
        {
            // TLS 1.3 chooses by signature schemes and not by suites, so that it may show what no older version does.
            chains = chains.Concat(await OfTls13Async(endpoint, context, cancellationToken));
        }

        return [.. chains.DistinctBy(c => Convert.ToHexString(c.Certificates![0].Span), StringComparer.Ordinal).Take(Most)];
    }

    /// <summary>Without the name a port may show the certificate of another site.</summary>
    private static IEnumerable<PresentedChain> OfFlights(IEnumerable<HelloExchange> exchanges, Endpoint endpoint)
    {
        var name = EndpointName.Sni(endpoint);
        foreach (var exchange in exchanges.Where(e => e.Hello is { } hello && hello.ServerName == name))
        {
            if (exchange.Reply is Selected { Flight: var flight } && flight.Hello.Version != ProtocolVersion.Tlcp11.Wire && Certificates(flight) is { Count: > 0 } certificates)
            {
                yield return new PresentedChain(true, certificates, ProtocolVersion.NameOf(flight.Hello.Version));
            }
        }
    }

    private static async Task<IEnumerable<PresentedChain>> OfTls13Async(Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken)
    {
        var walked = await Tls13SchemeWalk.OfAsync(endpoint, context, cancellationToken);

        // SM2 certificates of TLS 1.3 are followed on their own.
        return walked.Handshakes
            .Where(h => h.Signature is { Scheme: not SignatureSchemes.Sm2 } && h.Certificates is { Count: > 0 })
            .Select(h => new PresentedChain(true, [.. h.Certificates!.Select(c => c.Der)], ProtocolVersion.Tls13.Name));
    }

    private static IReadOnlyList<ReadOnlyMemory<byte>>? Certificates(ServerFlight flight)
    {
        try
        {
            return flight.Certificates();
        }
        catch (MalformedFlightException)
        {
            return null;
        }
    }
}
