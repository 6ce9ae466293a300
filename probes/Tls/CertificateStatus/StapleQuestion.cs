using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>What a handshake that asked for a stapled answer brought.</summary>
/// <param name="IsKnown">False where no such handshake could be read.</param>
/// <param name="Certificates">Sent in the same handshake: the answer is about the first of them.</param>
/// <param name="Response">OCSPResponse in DER; null where none was stapled.</param>
/// <param name="Exchange">The connection.</param>
internal sealed record StapleReply(
    bool IsKnown, IReadOnlyList<ReadOnlyMemory<byte>> Certificates, ReadOnlyMemory<byte>? Response, HelloExchange? Exchange)
{
    /// <summary>The server showed the same certificate of its own, or neither has one.</summary>
    public bool IsAbout(PresentedChain chain) => chain.Certificates is { Count: > 0 } other
        ? Certificates.Count > 0 && Certificates[0].Span.SequenceEqual(other[0].Span)
        : Certificates.Count == 0;
}

/// <summary>
/// "Do you staple?" A hello with status_request (RFC 6066 §8) in the highest version up to TLS 1.2 that the port offers, the one of the walk
/// over the suites where that was answered; where the port offers TLS 1.3 alone, the answer stands beside the certificate of the handshake that was made anyway (RFC 8446 §4.4.2.1).
/// </summary>
internal static class StapleQuestion
{
    /// <summary>status_type ocsp, no responder ids, no extensions.</summary>
    private static readonly byte[] StatusRequest = [1, 0, 0, 0, 0];

    private static readonly StapleReply Unseen = new(false, [], null, null);

    /// <param name="chain">The certificates the answer shall be about.</param>
    public static async Task<StapleReply> AskAsync(Endpoint endpoint, ProbeContext context, VersionSurvey survey, PresentedChain chain, CancellationToken cancellationToken)
    {
        var inquiry = survey.Inquiries
            .Where(i => i.Version.Wire is >= 0x0301 and <= 0x0303 && i.Decide(survey.Selected) == true)
            .MaxBy(i => i.Version.Wire);
        if (inquiry is null)
        {
            return survey.Selected.Contains(ProtocolVersion.Tls13.Wire) ? await ReadTls13Async(endpoint, context, chain, cancellationToken) : Unseen;
        }

        var suites = await SuiteSurvey.OfAsync(endpoint, context, cancellationToken);
        var asked = suites.Walked.Where(e => e.Hello is { } h && h.Offers(ExtensionType.StatusRequest)).Select(Read).FirstOrDefault(r => r.IsKnown && r.IsAbout(chain));
        if (asked is not null)
        {
            return asked;
        }

        // The suite it was shown with makes the server show it again.
        var shown = survey.Exchanges.Concat(suites.Walked).FirstOrDefault(e => e.Reply is Selected { Flight.Hello.Version: var version } && version == inquiry.Version.Wire && Read(e).IsAbout(chain));
        var hello = (shown?.Hello ?? inquiry.Asked.Hello) with { FurtherExtensions = [new((ushort)ExtensionType.StatusRequest, StatusRequest)] };
        if (shown?.Reply is Selected { Flight.Hello.Suite: var suite })
        {
            hello = hello with { Suites = [suite, .. hello.Suites.Where(s => s == CipherSuites.RenegotiationInfoScsv)], PadTo = null };
        }

        var exchange = await new HelloCaller(context, endpoint).AskAsync($"{inquiry.Version} status_request", hello, cancellationToken);
        return Read(exchange) is var reply && reply.IsAbout(chain) ? reply : Unseen with { Exchange = exchange };
    }

    /// <summary>Handshakes of TLS 1.3 that asked for it; of a second certificate there may be none.</summary>
    private static async Task<StapleReply> ReadTls13Async(Endpoint endpoint, ProbeContext context, PresentedChain chain, CancellationToken cancellationToken)
    {
        var seen = Read(await Tls13Sighting.OfAnythingAsync(endpoint, context, cancellationToken));
        return !seen.IsKnown || seen.IsAbout(chain) ? seen : Unseen;
    }

    private static StapleReply Read(Tls13Sighting seen)
    {
        if (seen.Handshake.Certificates is not { } certificates || !seen.AskedForStaple)
        {
            return Unseen with { Exchange = seen.Exchanges[^1] };
        }

        try
        {
            var status = certificates.Take(1).SelectMany(c => c.Extensions).Where(e => e.Key == (ushort)ExtensionType.StatusRequest).Select(e => e.Value).Take(1).ToList();
            return new StapleReply(true, [.. certificates.Select(c => c.Der)], status.Count > 0 ? ParseStatus(status[0].Span) : default(ReadOnlyMemory<byte>?), seen.Exchanges[^1]);
        }
        catch (MalformedFlightException)
        {
            return Unseen with { Exchange = seen.Exchanges[^1] };
        }
    }

    private static StapleReply Read(HelloExchange exchange)
    {
        if (exchange.Reply is not Selected { Flight: { IsWhole: true } flight })
        {
            return Unseen with { Exchange = exchange };
        }

        try
        {
            var certificates = flight.Certificates() ?? [];
            var status = flight.Body(HandshakeType.CertificateStatus);
            return new StapleReply(true, certificates, status is { } body ? ParseStatus(body.Span) : default(ReadOnlyMemory<byte>?), exchange);
        }
        catch (MalformedFlightException)
        {
            return Unseen with { Exchange = exchange };
        }
    }

    /// <summary>CertificateStatus: one byte of type, then the response behind three bytes of length.</summary>
    private static ReadOnlyMemory<byte> ParseStatus(ReadOnlySpan<byte> body)
    {
        const byte ocsp = 1;
        var reader = new WireReader(body);
        return reader.Byte() == ocsp ? reader.Vector(3).ToArray() : throw new MalformedFlightException("CertificateStatus 的类型不是 OCSP");
    }
}
