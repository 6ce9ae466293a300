using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// Whether a channel with SM algorithms is more than a ServerHello, which anybody can send: a signature by an SM2 key over this very
/// connection stands behind it.
/// </summary>
internal static class SmChannelProof
{
    /// <summary>True: proved. False: the port offers neither TLCP nor RFC 8998. Missing: offered and not proved, or not decided.</summary>
    public static async Task<Fact<bool>> OfAsync(VersionSurvey survey, Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken)
    {
        if (TlcpReading.OfSurvey(survey.Of(ProtocolVersion.Tlcp11)) is { Signature.IsValid: true })
        {
            return true;
        }

        bool? Decided(ProtocolVersion version) => survey.Inquiries.Single(i => i.Version == version).Decide(survey.Selected);
        var tls13 = Decided(ProtocolVersion.Tls13) is { } known ? known : default(Fact<bool>);
        var (sm, _) = await SmTls13Question.AskAsync(endpoint, context, tls13, cancellationToken);
        if (sm is { IsKnown: true, Value: true })
        {
            var seen = await Tls13Sighting.OfSmAsync(endpoint, context, cancellationToken);
            return seen.Handshake is { Reach: HandshakeReach.Finished, Signature.Proof.IsValid: true } ? true : default(Fact<bool>);
        }

        return sm.IsKnown && Decided(ProtocolVersion.Tlcp11) == false ? false : default(Fact<bool>);
    }
}
