using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>The certificates of a port, read once a run for all the probes that look at them.</summary>
/// <param name="Survey">Where they were read from.</param>
/// <param name="Tls">Of the highest TLS version that shows any, as the first hello was answered.</param>
/// <param name="Tlcp">Of TLCP.</param>
internal sealed record PresentedChains(VersionSurvey Survey, PresentedChain Tls, PresentedChain Tlcp)
{
    private static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(5);

    /// <summary>Connections of the surveys and of the handshakes of TLS 1.3.</summary>
    public const int Connections = 300;

    /// <summary>For the walk over the suites, which shows further certificates.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(90);

    /// <summary>
    /// <see cref="Tls"/> first, then those a port shows for other suites or signature schemes: many have one certificate for RSA and one
    /// for ECDSA, and which of them a client sees is the client's doing.
    /// </summary>
    public IReadOnlyList<PresentedChain> AllTls { get; init; } = [Tls];

    /// <summary>The port has, or may have, certificates for other suites or signature schemes that are not among <see cref="AllTls"/>.</summary>
    public bool IsCut { get; init; }

    /// <summary>The port offers TLS 1.3, no handshake of it came as far as its certificates, and nobody knows whether they are these.</summary>
    public bool IsTls13Unseen { get; init; }

    /// <exception cref="UnableException">The port shows no TLS, or no certificates that could be seen.</exception>
    public static Task<PresentedChains> OfAsync(Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken) =>
        context.Shared.GetAsync(Key(endpoint), token => SeeAsync(endpoint, context, token), cancellationToken);

    /// <summary>What another probe of the run saw; null where none asked or none got through. Opens no connection.</summary>
    public static PresentedChains? Done(Endpoint endpoint, ProbeContext context) => context.Shared.Done<PresentedChains>(Key(endpoint));

    private static string Key(Endpoint endpoint) => $"tls.presented-chains|{endpoint.TargetId}";

    private static async Task<PresentedChains> SeeAsync(Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken)
    {
        var survey = await VersionSurvey.OfAsync(endpoint, context, cancellationToken);
        if (!survey.ShowsTls)
        {
            throw survey.Explain(endpoint);
        }

        var tls = await context.Shared.GetAsync(
            $"tls.presented-chain|{endpoint.TargetId}",
            token => PresentedChain.OfTlsAsync(survey, endpoint, context, HandshakeLimit, token),
            cancellationToken);
        var tlcp = PresentedChain.OfTlcp(survey);
        if (!tls.IsKnown && tlcp.Certificates is null)
        {
            throw new UnableException(FailureKind.BadInput, tls.Trouble ?? $"{endpoint.Authority} 的握手应答里没有可读的证书");
        }

        var (all, isCut) = await FurtherChains.BesideAsync(tls, survey, endpoint, context, cancellationToken);
        return new PresentedChains(survey, tls, tlcp)
        {
            AllTls = all,
            IsCut = isCut,
            IsTls13Unseen = survey.Selected.Contains(ProtocolVersion.Tls13.Wire)
                && tls is { Certificates: not null, ReadFrom: var from } && from != ProtocolVersion.Tls13.Name
                && (await Tls13Sighting.OfAnythingAsync(endpoint, context, cancellationToken)).Certificates is null,
        };
    }

    /// <summary>Which of the chains one is, for people; null where it has no certificates.</summary>
    public string? Describe(PresentedChain chain)
    {
        if (chain.Certificates is not { Count: > 0 } ders)
        {
            return null;
        }

        var unseen = IsTls13Unseen ? "；TLS 1.3 的握手没有完成，其中出示的证书没有看到" : "";
        if (AllTls.Count == 1)
        {
            return $"共 1 条{unseen}";
        }

        var at = AllTls.ToList().IndexOf(chain) + 1;
        var key = CertificateReader.Read(ders[0], 0) is { KeyAlgorithm: { IsKnown: true, Value: var name } } ? $"，{name}" : "";
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"第 {at} 条，共 {AllTls.Count} 条{key}{unseen}");
    }
}
