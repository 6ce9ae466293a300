using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Looks for keys and passwords in all earlier versions of the files of a repository, on request.</summary>
public sealed class SecretHistoryProbe : Probe<SourceTree, SecretHistory>
{
    private readonly HistoryLimits _limits;

    public SecretHistoryProbe()
        : this(new HistoryLimits())
    {
    }

    internal SecretHistoryProbe(HistoryLimits limits) => _limits = limits;

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "code.secret-history",
        Pillar = Pillar.CodeSecurity,
        Title = "版本历史中的密钥与口令",
        Question = "版本历史里有没有写死过的密钥、私钥和口令？",
        Needs = typeof(SourceTree),
        Observes = typeof(SecretHistory),
        Touches = Touches.Source,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromMinutes(30),
        Connections = 0,
        Tools = ["git"],
        Version = "1",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(SourceTree target, ProbeContext context, CancellationToken cancellationToken)
    {
        if (!target.History)
        {
            return Saw(target, context, Unseen(false, "没有要求查看版本历史（probe code --history，或 candidate.yaml 里写 history: true），未检测"));
        }

        if (context.Tables.Secrets.Count == 0)
        {
            return new Unable(FailureKind.BadInput, "规则里没有密钥特征表");
        }

        var seen = await HistoryLook.OfAsync(target, context, _limits, cancellationToken);
        if (seen.WhyNot is { } why)
        {
            return Saw(target, context, Unseen(true, why));
        }

        var record = Told(seen, await DefectStates.OfAsync(target, await SourceSweep.OfAsync(target, context, cancellationToken), context, cancellationToken));
        var evidence = context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "history-secrets.json", "application/json", ObservationJson.ToFile(record), "版本历史里的密钥与口令，逐处提交与文件；值只有前 4 个字符与 SM3，或长度"));
        return Saw(target, context, record, evidence);
    }

    private static SecretHistory Told(HistoryFindings seen, DefectStates states)
    {
        var (found, doubts) = (states.Of(seen.Found, seen.IsShallow), new List<string>(seen.Doubts));
        List<CodeDefect> suppressed = [.. found.Where(d => d.IsSuppressed)];
        List<CodeDefect> sure = [.. found.Where(d => !d.IsSuppressed && d.Confidence > CodeConfidence.Low)];
        List<CodeDefect> doubtful = [.. found.Where(d => !d.IsSuppressed && d.Confidence == CodeConfidence.Low)];
        if (doubtful.Count > 0)
        {
            doubts.Add($"有 {doubtful.Count} 处存疑（在测试、示例或注释里，或是引用的默认值），由人确认");
        }

        return new SecretHistory
        {
            IsAsked = true, HasSecrets = sure.Count > 0 ? true : doubts.Count + suppressed.Count == 0 ? false : default(Fact<bool>), Secrets = sure, Gone = sure.Count(d => seen.Gone.Contains(d.Fingerprint)),
            Suppressed = suppressed, AwaitsAcceptance = sure.Count + doubts.Count == 0 && suppressed.Count > 0, Doubtful = doubtful,
            Commits = seen.Commits, Versions = seen.Versions, Doubts = doubts,
        };
    }

    private static SecretHistory Unseen(bool isAsked, string why) => new() { IsAsked = isAsked, Secrets = [], Gone = 0, Suppressed = [], AwaitsAcceptance = false, Doubtful = [], Commits = 0, Versions = 0, Doubts = [why] };
}
