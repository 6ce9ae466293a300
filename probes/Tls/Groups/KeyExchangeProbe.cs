using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Groups, curves, DH parameters and signature schemes, most of them out of flights already made.</summary>
public sealed class KeyExchangeProbe : Probe<Endpoint, OfferedKeyExchange>
{
    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "tls.key-exchange",
        Pillar = Pillar.Tls,
        Title = "密钥交换",
        Question = "端口用哪些组、曲线、DH 参数协商密钥，用哪些算法签名？",
        Needs = typeof(Endpoint),
        Observes = typeof(OfferedKeyExchange),
        Touches = Touches.Network,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromSeconds(90),
        Connections = 300,
        Version = "1",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(Endpoint target, ProbeContext context, CancellationToken cancellationToken)
    {
        if (target.Protocol == EndpointProtocol.Http)
        {
            return new NotNeeded("明文 HTTP 端点，没有密钥交换");
        }

        var survey = await KeyExchangeSurvey.OfAsync(target, context, cancellationToken);
        if (!survey.Suites.Versions.ShowsTls)
        {
            throw survey.Suites.Versions.Explain(target);
        }

        var walk = survey.Suites.Versions.Selected.Contains(ProtocolVersion.Tls13.Wire) ? await Tls13SchemeWalk.OfAsync(target, context, cancellationToken) : null;
        var transcript = FlightTranscript.Save(Manifest.Id, target, context, [.. survey.Walked, .. walk?.Exchanges ?? []]);
        return Saw(target, context, WithTls13(new KeyExchangeReading(survey).Describe(), survey, walk?.Schemes), transcript);
    }

    private static OfferedKeyExchange WithTls13(OfferedKeyExchange record, KeyExchangeSurvey survey, GroupEnumeration? schemes)
    {
        if (schemes is null)
        {
            var isAbsent = survey.Suites.Versions.Inquiries.Single(i => i.Version == ProtocolVersion.Tls13).Decide(survey.Suites.Versions.Selected) == false;
            return isAbsent ? record with { Tls13SignatureSchemes = new Fact<IReadOnlyList<string>?>(null) } : record;
        }

        IReadOnlyList<string> names = [.. schemes.Accepted.Select(SignatureSchemes.NameOf)];
        return record with
        {
            Tls13SignatureSchemes = schemes.IsWhole ? new Fact<IReadOnlyList<string>?>(names) : default,
            Tls13SignatureSchemesConfirmed = names,
        };
    }
}
