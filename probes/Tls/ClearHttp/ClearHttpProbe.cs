using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// Asks a port of HTTP in clear for its own path, for paths every portal has, and for one nobody has: a port that sends people on does so
/// whatever they ask for, and one that serves pages behind a redirecting front page does not.
/// </summary>
public sealed class ClearHttpProbe : Probe<Endpoint, ClearHttpAnswers>
{
    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "tls.clear-http",
        Pillar = Pillar.Tls,
        Title = "明文端口的应答",
        Question = "明文 HTTP 端口是不是不论问什么都只跳转到同一主机的 HTTPS？",
        Needs = typeof(Endpoint),
        Observes = typeof(ClearHttpAnswers),
        Touches = Touches.Network,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromSeconds(90),
        Connections = 6,
        Version = "1",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(Endpoint target, ProbeContext context, CancellationToken cancellationToken)
    {
        if (target.Protocol != EndpointProtocol.Http)
        {
            return new NotNeeded("端点不是明文 HTTP");
        }

        var seen = await ClearDoor.LookAsync(target, context, cancellationToken);
        var evidence = context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "response-heads.txt", "text/plain", Encoding.Latin1.GetBytes(seen.Heads), $"{target.Authority} 对 {seen.Answers.Count} 个路径的应答头"));
        var record = new ClearHttpAnswers
        {
            SendsEverybodyOn = seen.SendsEverybodyOn,
            Answers = seen.IsWhole ? new Fact<IReadOnlyList<ClearHttpAnswer>>(seen.Answers) : default,
        };
        return Saw(target, context, record, evidence);
    }
}
