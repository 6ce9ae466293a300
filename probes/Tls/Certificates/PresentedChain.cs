using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>The certificates of one protocol of a port.</summary>
/// <param name="IsKnown">False where they could not be seen.</param>
/// <param name="Certificates">DER in the order sent; null where known to be none.</param>
/// <param name="ReadFrom">Version of the handshake.</param>
/// <param name="Trouble">Why not known, for people.</param>
internal sealed record PresentedChain(bool IsKnown, IReadOnlyList<ReadOnlyMemory<byte>>? Certificates, string? ReadFrom = null, string? Trouble = null)
{
    private static PresentedChain None { get; } = new(true, null);

    public static PresentedChain OfTlcp(VersionSurvey survey)
    {
        var inquiry = survey.Inquiries.Single(i => i.Version == ProtocolVersion.Tlcp11);
        return inquiry.Decide(survey.Selected) switch
        {
            true => Seen(survey, ProtocolVersion.Tlcp11),
            false => None,
            null => new PresentedChain(false, null),
        };
    }

    /// <summary>From the highest version up to TLS 1.2; else by a whole handshake of TLS 1.3.</summary>
    public static async Task<PresentedChain> OfTlsAsync(
        VersionSurvey survey, Endpoint endpoint, ProbeContext context, TimeSpan limit, CancellationToken cancellationToken)
    {
        var versions = survey.Inquiries.Where(i => i.Version != ProtocolVersion.Tlcp11).Select(i => (i.Version, Offered: i.Decide(survey.Selected))).Reverse().ToList();
        foreach (var version in versions.Where(v => v.Offered == true && v.Version != ProtocolVersion.Tls13).Select(v => v.Version))
        {
            if (Seen(survey, version) is { IsKnown: true, Certificates: not null } seen)
            {
                return seen;
            }
        }

        if (versions.Exists(v => v.Version == ProtocolVersion.Tls13 && v.Offered == true))
        {
            return await OfTls13Async(endpoint, context, limit, cancellationToken);
        }

        if (versions.TrueForAll(v => v.Offered == false))
        {
            return None;
        }

        return versions.Find(v => v.Offered == true).Version is { } proven ? Seen(survey, proven) : new PresentedChain(false, null);
    }

    public IReadOnlyList<PresentedCertificate>? Read() => Certificates is null ? null : [.. Certificates.Select(CertificateReader.Read)];

    /// <summary>The certificate of a place; null where so many were not sent.</summary>
    public static PresentedCertificate? At(IReadOnlyList<PresentedCertificate>? certificates, int position) =>
        certificates?.Count > position ? certificates[position] : null;

    /// <summary>The value where the chain is known, null included; missing otherwise.</summary>
    public Fact<T?> Known<T>(T? value) => IsKnown ? new Fact<T?>(value) : default;

    private static PresentedChain Seen(VersionSurvey survey, ProtocolVersion version)
    {
        var flights = survey.Exchanges.Select(e => e.Reply).OfType<Selected>().Select(s => s.Flight).Where(f => f.Hello.Version == version.Wire);
        var best = new PresentedChain(false, null);
        foreach (var flight in flights)
        {
            try
            {
                if (flight.Certificates() is { } certificates)
                {
                    return new PresentedChain(true, certificates, version.Name);
                }

                best = flight.IsWhole ? None with { ReadFrom = version.Name } : best;
            }
            catch (MalformedFlightException malformed)
            {
                best = new PresentedChain(false, null, version.Name, malformed.Message);
            }
        }

        return best;
    }

    private static async Task<PresentedChain> OfTls13Async(Endpoint endpoint, ProbeContext context, TimeSpan limit, CancellationToken cancellationToken)
    {
        var own = await Tls13Sighting.OfAnythingAsync(endpoint, context, cancellationToken);
        if (own.Certificates is { } certificates)
        {
            return new PresentedChain(true, certificates, ProtocolVersion.Tls13.Name);
        }

        var (sm, _) = await SmTls13Question.AskAsync(endpoint, context, true, cancellationToken);
        if (sm is { IsKnown: true, Value: true } && (await Tls13Sighting.OfSmAsync(endpoint, context, cancellationToken)).Certificates is { } smCertificates)
        {
            return new PresentedChain(true, smCertificates, ProtocolVersion.Tls13.Name);
        }

        // The platform may know groups that are newer than this tool.
        using var clock = new CancellationTokenSource(limit, context.Clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        try
        {
            await using var handshake = await PlatformHandshake.ConnectAsync(endpoint, context, bounded.Token);
            return new PresentedChain(true, handshake.Certificates, ProtocolVersion.Tls13.Name);
        }
        catch (UnableException)
        {
            return new PresentedChain(false, null, null, $"{endpoint.Authority} 只在 TLS 1.3 中出示证书，而握手没有完成：{own.Handshake.Exchange.Reply.Describe()}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new PresentedChain(false, null, null, $"{endpoint.Authority} 只在 TLS 1.3 中出示证书，握手在 {limit.TotalSeconds:0.#} 秒内没有完成");
        }
    }
}
