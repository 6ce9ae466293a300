using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Asks for a version below the highest and says that it is a fallback (RFC 7507 §3).</summary>
public sealed class FallbackScsvProbe : Probe<Endpoint, FallbackProtection>
{
    private const ushort FallbackScsv = 0x5600;
    private const byte InappropriateFallback = 86;

    /// <summary>Some servers drop hellos with more than 64.</summary>
    private const int MostSuites = 62;

    private static readonly ProtocolVersion[] Versions =
        [ProtocolVersion.Tls13, ProtocolVersion.Tls12, ProtocolVersion.Tls11, ProtocolVersion.Tls10, ProtocolVersion.Ssl3];

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "tls.fallback-scsv",
        Pillar = Pillar.Tls,
        Title = "降级保护（TLS_FALLBACK_SCSV）",
        Question = "客户端声明自己被迫降级时，端口会拒绝吗？",
        Needs = typeof(Endpoint),
        Observes = typeof(FallbackProtection),
        Touches = Touches.Network,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromSeconds(60),
        Connections = 8,
        Version = "1",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(Endpoint target, ProbeContext context, CancellationToken cancellationToken)
    {
        if (target.Protocol == EndpointProtocol.Http)
        {
            return new NotNeeded("明文 HTTP 端点，没有传输层密码协议");
        }

        var survey = await VersionSurvey.OfAsync(target, context, cancellationToken);
        var decisions = survey.ShowsTls ? survey.Inquiries.ToDictionary(i => i.Version, i => i.Decide(survey.Selected)) : throw survey.Explain(target);
        var proven = Versions.Where(v => decisions[v] == true).ToList();
        if (proven.Count == 0)
        {
            return Array.TrueForAll(Versions, v => decisions[v] == false)
                ? new NotNeeded("端口只提供 TLCP，没有可以降级的 TLS 版本")
                : throw new UnableException(FailureKind.BadInput, $"{target.Authority} 没有证实任何 TLS 版本，无从问起");
        }

        if (proven.Count == 1)
        {
            return Alone(target, context, survey, proven[0], isSure: Array.TrueForAll(Versions, v => v == proven[0] || decisions[v] == false));
        }

        return await AskAsync(target, context, survey, proven, cancellationToken);
    }

    private Observed Alone(Endpoint target, ProbeContext context, VersionSurvey survey, ProtocolVersion version, bool isSure) => Saw(
        target,
        context,
        new FallbackProtection
        {
            Honoured = isSure ? new Fact<bool?>(null) : default,
            AskedVersion = isSure ? new Fact<string?>(null) : default,
            HighestVersion = version.Name,
            Answer = isSure ? "只有一个版本，无从降级" : "只证实了一个版本，其余没有断定",
        },
        FlightTranscript.Save(Manifest.Id, target, context, [.. survey.Exchanges.Where(e => e.Reply is Selected)]));

    private async Task<ProbeOutcome> AskAsync(Endpoint target, ProbeContext context, VersionSurvey survey, List<ProtocolVersion> proven, CancellationToken cancellationToken)
    {
        var inquiry = survey.Inquiries.First(i => i.Version == proven[1]);
        var hello = inquiry.Asked.Hello;

        // The suite the port is known to take goes first: a list cut short must not be what it refuses.
        IEnumerable<ushort> taken = inquiry.Last is Selected { Flight.Hello.Suite: var suite } ? [suite] : [];
        var dialogue = await PortDialogue.OfAsync(target, context, cancellationToken);
        var question = new LabelledHello($"{proven[1]} fallback", hello with { Suites = [.. taken.Concat(hello.Suites).Distinct().Take(MostSuites), FallbackScsv] });
        var settled = await dialogue.AskAsync(question, cancellationToken);
        var exchange = settled.Exchange;
        return Saw(
            target,
            context,
            new FallbackProtection
            {
                Honoured = exchange.Reply switch
                {
                    Alerted { Alert.Description: InappropriateFallback } => true,
                    Selected { Flight.Hello.Version: var version } when version == proven[1].Wire => false,

                    // Some close where RFC 7507 asks for an alert; the same hello without the signal was answered.
                    Closed when settled.DoorConfirmed => true,
                    _ => default(Fact<bool?>),
                },
                AskedVersion = proven[1].Name,
                HighestVersion = proven[0].Name,
                Answer = exchange.Reply.Describe(),
            },
            FlightTranscript.Save(Manifest.Id, target, context, [exchange]));
    }
}
