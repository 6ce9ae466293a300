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

    /// <exception cref="UnableException">The port shows no TLS, or no certificates that could be seen.</exception>
    public static async Task<PresentedChains> OfAsync(Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken)
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
        return tls.IsKnown || tlcp.Certificates is not null
            ? new PresentedChains(survey, tls, tlcp) { AllTls = await FurtherChains.BesideAsync(tls, survey, endpoint, context, cancellationToken) }
            : throw new UnableException(FailureKind.BadInput, tls.Trouble ?? $"{endpoint.Authority} 的握手应答里没有可读的证书");
    }

    /// <summary>Which of the chains one is, for people; null where it has no certificates.</summary>
    public string? Describe(PresentedChain chain)
    {
        if (chain.Certificates is not { Count: > 0 } ders)
        {
            return null;
        }

        if (AllTls.Count == 1)
        {
            return "共 1 条";
        }

        var at = AllTls.ToList().IndexOf(chain) + 1;
        var key = CertificateReader.Read(ders[0], 0) is { KeyAlgorithm: { IsKnown: true, Value: var name } } ? $"，{name}" : "";
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"第 {at} 条，共 {AllTls.Count} 条{key}");
    }
}
