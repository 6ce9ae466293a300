using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Enumerates the suites of every version the port offers, each by taking away what the server selects.</summary>
public sealed class CipherSuitesProbe : Probe<Endpoint, OfferedSuites>
{
    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "tls.cipher-suites",
        Pillar = Pillar.Tls,
        Title = "密码套件",
        Question = "每个协议版本提供哪些密码套件，按谁的顺序选择？",
        Needs = typeof(Endpoint),
        Observes = typeof(OfferedSuites),
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
            return new NotNeeded("明文 HTTP 端点，没有密码套件");
        }

        var survey = await SuiteSurvey.OfAsync(target, context, cancellationToken);
        if (!survey.Versions.ShowsTls)
        {
            throw survey.Versions.Explain(target);
        }

        var own = survey.Walked;
        var transcript = FlightTranscript.Save(Manifest.Id, target, context, own);
        var read = new SuiteReading(survey).Describe();
        var isOffered = read.OffersSm is { IsKnown: true, Value: true };
        return Saw(target, context, read with { SmProved = isOffered ? await SmChannelProof.OfAsync(survey.Versions, target, context, cancellationToken) : read.OffersSm }, transcript);
    }
}
