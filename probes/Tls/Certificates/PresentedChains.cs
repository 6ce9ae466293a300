using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>The certificates of a port, read once a run for all the probes that look at them.</summary>
/// <param name="Survey">Where they were read from.</param>
/// <param name="Tls">Of the highest TLS version that shows any.</param>
/// <param name="Tlcp">Of TLCP.</param>
internal sealed record PresentedChains(VersionSurvey Survey, PresentedChain Tls, PresentedChain Tlcp)
{
    private static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(5);

    /// <summary>Connections of the survey and of one handshake.</summary>
    public const int Connections = 37;

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
            ? new PresentedChains(survey, tls, tlcp)
            : throw new UnableException(FailureKind.BadInput, tls.Trouble ?? $"{endpoint.Authority} 的握手应答里没有可读的证书");
    }
}
