using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Certificates a port shows only for some suites or signature schemes, out of flights and handshakes of other probes.</summary>
internal static class FurtherChains
{
    /// <summary>A port behind a load balancer may show a new one each time.</summary>
    private const int Most = 8;

    /// <returns>
    /// The chain given, then the others in the order they were met, one a certificate of the server; and whether there are, or may be, more of them
    /// that were met and are not among these.
    /// </returns>
    public static async Task<(IReadOnlyList<PresentedChain> Chains, bool IsCut)> BesideAsync(
        PresentedChain first, VersionSurvey survey, Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken)
    {
        if (first.Certificates is not { Count: > 0 })
        {
            return ([first], false);
        }

        var suites = await SuiteSurvey.OfAsync(endpoint, context, cancellationToken);
        var (further, isCut) = OfFlights([.. survey.Exchanges, .. suites.Walked], endpoint, v => v != ProtocolVersion.Tlcp11.Wire);
        IEnumerable<PresentedChain> chains = [first, .. further];
        if (survey.Selected.Contains(ProtocolVersion.Tls13.Wire))
        {
            // TLS 1.3 chooses by signature schemes and not by suites, so that it may show what no older version does.
            var (ofTls13, isTls13Cut) = await OfTls13Async(endpoint, context, cancellationToken);
            (chains, isCut) = (chains.Concat(ofTls13), isCut || isTls13Cut);
        }

        List<PresentedChain> distinct = [.. chains.DistinctBy(c => Convert.ToHexString(c.Certificates![0].Span), StringComparer.Ordinal)];
        return ([.. distinct.Take(Most)], isCut || distinct.Count > Most);
    }

    /// <summary>Without the name a port may show the certificate of another site.</summary>
    /// <param name="exchanges">Hellos and what answered them.</param>
    /// <param name="endpoint">Whose name is meant.</param>
    /// <param name="isMeant">Of the version that was selected.</param>
    /// <returns>One an answer, and whether an answer may have had certificates that cannot be read.</returns>
    public static (IReadOnlyList<PresentedChain> Chains, bool IsCut) OfFlights(IEnumerable<HelloExchange> exchanges, Endpoint endpoint, Func<ushort, bool> isMeant)
    {
        var name = EndpointName.Sni(endpoint);
        var (found, isCut) = (new List<PresentedChain>(), false);
        foreach (var exchange in exchanges.Where(e => e.Hello is { } hello && hello.ServerName == name))
        {
            if (exchange.Reply is not Selected { Flight: var flight } || !isMeant(flight.Hello.Version))
            {
                continue;
            }

            try
            {
                if (flight.Certificates() is { Count: > 0 } certificates)
                {
                    found.Add(new PresentedChain(true, certificates, ProtocolVersion.NameOf(flight.Hello.Version)));
                }
                else
                {
                    isCut |= !flight.IsWhole;
                }
            }
            catch (MalformedFlightException)
            {
                isCut = true;
            }
        }

        return (found, isCut);
    }

    private static async Task<(IEnumerable<PresentedChain> Chains, bool IsCut)> OfTls13Async(Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken)
    {
        var walked = await Tls13SchemeWalk.OfAsync(endpoint, context, cancellationToken);

        // SM2 certificates of TLS 1.3 are followed on their own.
        var shown = walked.Handshakes
            .Where(h => h.Signature is { Scheme: not SignatureSchemes.Sm2 } && h.Certificates is { Count: > 0 })
            .Select(h => new PresentedChain(true, [.. h.Certificates!.Select(c => c.Der)], ProtocolVersion.Tls13.Name));
        return (shown, walked.Schemes is not { IsWhole: true });
    }
}
