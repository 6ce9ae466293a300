using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>How far a server goes with RFC 8998, read off as few handshakes as tell it.</summary>
/// <param name="Sm">The handshake with SM algorithms alone; null where the server refuses one.</param>
/// <param name="Extent">Missing where something stayed undecided.</param>
/// <param name="Refused">True where SM algorithms alone are known to be refused.</param>
/// <param name="Exchanges">Connections this took.</param>
internal sealed record SmTls13Reading(Tls13Sighting? Sm, Fact<SmTls13Extent> Extent, bool Refused, IReadOnlyList<HelloExchange> Exchanges)
{
    /// <param name="any">The handshake that offered everything.</param>
    public static async Task<SmTls13Reading> ReadAsync(Tls13Sighting any, Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken)
    {
        var (complete, exchanges) = await SmTls13Question.AskAsync(endpoint, context, true, cancellationToken);
        if (!complete.IsKnown)
        {
            return new SmTls13Reading(null, default, false, exchanges);
        }

        if (!complete.Value)
        {
            var (suite, asked) = await TakesSuiteAsync(any, endpoint, context, cancellationToken);
            var extent = suite is { } takes ? takes ? SmTls13Extent.SuiteOnly : SmTls13Extent.None : default(Fact<SmTls13Extent>);
            return new SmTls13Reading(null, extent, true, [.. exchanges, .. asked]);
        }

        var sm = await Tls13Sighting.OfSmAsync(endpoint, context, cancellationToken);
        var (international, more) = await TakesInternationalAsync(any, endpoint, context, cancellationToken);
        var full = international is { } also ? also ? SmTls13Extent.Mixed : SmTls13Extent.Full : default(Fact<SmTls13Extent>);
        var proven = sm.Handshake is { Reach: HandshakeReach.Finished, Signature.Scheme: SignatureSchemes.Sm2 };
        return new SmTls13Reading(sm, proven ? full : default, false, [.. exchanges, .. sm.Exchanges, .. more]);
    }

    public Tls13Proof AddTo(Tls13Proof proof)
    {
        if (Sm is null)
        {
            return !Refused ? proof : proof with
            {
                SmExtent = Extent,
                SmSuiteName = new Fact<string?>(null),
                SmSignatureValid = new Fact<bool?>(null),
                SmSignatureUserId = new Fact<string?>(null),
                SmKeyOwned = new Fact<bool?>(null),
            };
        }

        var signature = Sm.Handshake.Signature?.Proof;
        return proof with
        {
            SmExtent = Extent,
            SmSuiteName = Sm.Handshake.Hello is { } hello ? new Fact<string?>(CipherSuites.NameOf(hello.Suite)) : default,
            SmSignatureValid = signature is { Outcome: not SignatureOutcome.NotChecked } ? new Fact<bool?>(signature.IsValid) : default,
            SmSignatureUserId = signature is { Outcome: not SignatureOutcome.NotChecked } ? new Fact<string?>(signature.UserId) : default,
            SmKeyOwned = Sm.Handshake.Reach == HandshakeReach.Finished && signature?.IsValid == true ? new Fact<bool?>(true) : default,
        };
    }

    /// <summary>
    /// An SM suite with every group and signature to go with it: some libraries accept it by default. The walk over the suites has asked
    /// just that, unless it could not come to its end.
    /// </summary>
    private static async Task<(bool? Takes, IReadOnlyList<HelloExchange> Exchanges)> TakesSuiteAsync(
        Tls13Sighting any, Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken)
    {
        if (any.Handshake.Hello is { } hello && Tls13Offer.IsSm(hello.Suite))
        {
            return (true, []);
        }

        var walked = (await SuiteSurvey.OfAsync(endpoint, context, cancellationToken)).Enumerations.FirstOrDefault(e => e.Version == ProtocolVersion.Tls13);
        if (walked is not null && (walked.IsWhole || walked.Suites.Any(Tls13Offer.IsSm)))
        {
            return (walked.Suites.Any(Tls13Offer.IsSm), []);
        }

        var question = Tls13Offer.Anything with { Suites = Tls13Offer.SmOnly.Suites, SharedGroups = [] };
        var asked = question.ToHello(EndpointName.Sni(endpoint), new byte[32], default, [], null) with { Random = null, EmptyKeyShare = true };
        var exchange = await new HelloCaller(context, endpoint).AskAsync("TLSv1.3 SM suites", asked, cancellationToken);
        bool? takes = exchange.Reply switch
        {
            Selected { Flight.Hello: var selected } => Tls13Offer.IsSm(selected.Suite),
            Alerted { Alert.Description: TlsAlert.HandshakeFailure or TlsAlert.ProtocolVersion or TlsAlert.InsufficientSecurity or 47 or 109 } => false,
            _ => null,
        };
        return (takes, [exchange]);
    }

    private static async Task<(bool? Takes, IReadOnlyList<HelloExchange> Exchanges)> TakesInternationalAsync(
        Tls13Sighting any, Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken)
    {
        if (any.Handshake.Hello is { } hello && !Tls13Offer.IsSm(hello.Suite))
        {
            return (true, []);
        }

        var seen = await Tls13Sighting.OfInternationalAsync(endpoint, context, cancellationToken);
        bool? takes = seen.Handshake switch
        {
            { Hello: not null } or { RetryRequest: not null } => true,
            { Stopped: Alerted { Alert.Description: TlsAlert.HandshakeFailure or TlsAlert.ProtocolVersion or TlsAlert.InsufficientSecurity or 47 or 109 } } => false,
            _ => null,
        };
        return (takes, seen.Exchanges);
    }
}
