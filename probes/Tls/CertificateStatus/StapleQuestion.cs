using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>What a handshake that asked for a stapled answer brought.</summary>
/// <param name="IsKnown">False where no such handshake could be read.</param>
/// <param name="Certificates">Sent in the same handshake: the answer is about the first of them.</param>
/// <param name="Response">OCSPResponse in DER; null where none was stapled.</param>
/// <param name="Exchange">The connection.</param>
internal sealed record StapleReply(
    bool IsKnown, IReadOnlyList<ReadOnlyMemory<byte>> Certificates, ReadOnlyMemory<byte>? Response, HelloExchange? Exchange);

/// <summary>
/// "Do you staple?" One hello with status_request (RFC 6066 §8) in the highest version up to TLS 1.2 that the port offers; where it offers
/// TLS 1.3 alone, the answer stands beside the certificate of the handshake that was made anyway (RFC 8446 §4.4.2.1).
/// </summary>
internal static class StapleQuestion
{
    /// <summary>status_type ocsp, no responder ids, no extensions.</summary>
    private static readonly byte[] StatusRequest = [1, 0, 0, 0, 0];

    private static readonly StapleReply Unseen = new(false, [], null, null);

    public static async Task<StapleReply> AskAsync(Endpoint endpoint, ProbeContext context, VersionSurvey survey, CancellationToken cancellationToken)
    {
        var inquiry = survey.Inquiries
            .Where(i => i.Version.Wire is >= 0x0301 and <= 0x0303 && i.Decide(survey.Selected) == true)
            .MaxBy(i => i.Version.Wire);
        if (inquiry is null)
        {
            return survey.Selected.Contains(ProtocolVersion.Tls13.Wire) ? Read(await Tls13Sighting.OfAnythingAsync(endpoint, context, cancellationToken)) : Unseen;
        }

        var hello = inquiry.Asked.Hello with { FurtherExtensions = [new((ushort)ExtensionType.StatusRequest, StatusRequest)] };
        var exchange = await new HelloCaller(context, endpoint).AskAsync($"{inquiry.Version} status_request", hello, cancellationToken);
        return Read(exchange);
    }

    private static StapleReply Read(Tls13Sighting seen)
    {
        if (seen.Handshake.Certificates is not { } certificates)
        {
            return Unseen;
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
