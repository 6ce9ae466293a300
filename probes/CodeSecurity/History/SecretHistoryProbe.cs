using Microsoft.Extensions.Logging;
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

        using var store = GitStore.Open(target.Path, context.Tools, out var whyNot);
        if (store is null)
        {
            return Saw(target, context, Unseen(true, $"{whyNot}，未检测"));
        }

        try
        {
            var record = await LookAsync(target, store, context, cancellationToken);
            var evidence = context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "history-secrets.json", "application/json", ObservationJson.ToFile(record), "版本历史里的密钥与口令，逐处提交与文件；值只有前 4 个字符与 SM3，或长度"));
            return Saw(target, context, record, evidence);
        }
        catch (UnableException trouble) when (trouble.Kind == FailureKind.ToolMissing)
        {
            return Saw(target, context, Unseen(true, "本机没有 git，版本历史未检测"));
        }
    }

    private async Task<SecretHistory> LookAsync(SourceTree target, GitStore store, ProbeContext context, CancellationToken stop)
    {
        var rules = new SecretRules(context.Tables.Secrets);
        var swept = await SourceSweep.OfAsync(target, context, stop);
        var began = context.Clock.GetTimestamp();
        var listing = await GitListing.OfAsync(store, _limits.Time, stop);
        context.Log.LogInformation("版本历史 {Root}：{Commits} 个提交、{Blobs} 个文件版本", target.Path, listing.Commits, listing.Blobs.Count);
        var doubts = new List<string>(listing.Doubts);
        var chosen = Choose(listing, doubts);
        var search = new HistorySearch(rules, TreeSecrets.Values(target.Path, swept, rules));
        var done = 0;
        foreach (var batch in Batches(chosen))
        {
            var left = _limits.Time - context.Clock.GetElapsedTime(began);
            if (left <= TimeSpan.Zero || !await LookAsync(batch, store, search, left, stop))
            {
                doubts.Add($"时间到，{chosen.Count - done} 个文件版本没有看");
                break;
            }

            done += batch.Count;
            context.Log.LogInformation("版本历史 {Root}：看了 {Done} / {All} 个文件版本", target.Path, done, chosen.Count);
        }

        doubts.AddRange(store.IsShallow ? ["是浅克隆，更早的提交不在里面"] : []);
        return Told(listing, search, DefectStates.Of(target with { Baseline = null }, swept, context), [.. doubts, .. search.Doubts]);
    }

    /// <returns>False where git ran out of time.</returns>
    private static async Task<bool> LookAsync(List<GitBlob> batch, GitStore store, HistorySearch search, TimeSpan left, CancellationToken stop)
    {
        try
        {
            var (bytes, places) = await GitContents.ReadAsync(store, batch, left, stop);
            Parallel.ForEach(batch, new ParallelOptions { CancellationToken = stop, MaxDegreeOfParallelism = Environment.ProcessorCount }, blob =>
            {
                if (places.TryGetValue(blob.Id, out var at))
                {
                    search.Look(blob, bytes[at.Start..(at.Start + at.Length)]);
                }
                else
                {
                    search.Miss();
                }
            });
            return true;
        }
        catch (UnableException trouble) when (trouble.Kind == FailureKind.TimedOut)
        {
            return false;
        }
    }

    private static SecretHistory Told(GitListing listing, HistorySearch search, DefectStates states, List<string> doubts)
    {
        if (listing.Commits == 0)
        {
            doubts.Add("版本库里没有提交");
        }

        var found = states.Of(search.Found());
        List<CodeDefect> suppressed = [.. found.Where(d => d.IsSuppressed)];
        List<CodeDefect> sure = [.. found.Where(d => !d.IsSuppressed && d.Confidence > CodeConfidence.Low)];
        List<CodeDefect> doubtful = [.. found.Where(d => !d.IsSuppressed && d.Confidence == CodeConfidence.Low)];
        if (doubtful.Count > 0)
        {
            doubts.Add($"有 {doubtful.Count} 处存疑（在测试、示例或注释里，或是引用的默认值），由人确认");
        }

        return new SecretHistory
        {
            IsAsked = true, HasSecrets = sure.Count > 0 ? true : doubts.Count + suppressed.Count == 0 ? false : default(Fact<bool>), Secrets = sure, Gone = sure.Count(d => search.IsGone(d)),
            Suppressed = suppressed, AwaitsAcceptance = sure.Count + doubts.Count == 0 && suppressed.Count > 0, Doubtful = doubtful,
            Commits = listing.Commits, Versions = search.Versions, Doubts = doubts,
        };
    }

    private static SecretHistory Unseen(bool isAsked, string why) => new() { IsAsked = isAsked, Secrets = [], Gone = 0, Suppressed = [], AwaitsAcceptance = false, Doubtful = [], Commits = 0, Versions = 0, Doubts = [why] };

    /// <summary>What is read; what is not is said.</summary>
    private List<GitBlob> Choose(GitListing listing, List<string> doubts)
    {
        var (chosen, total, large, beyond, vendored) = (new List<GitBlob>(), 0L, 0, 0, 0);
        foreach (var blob in listing.Blobs)
        {
            if (blob.Bytes == 0)
            {
                continue;
            }

            if (blob.Path is { } path && path.Split('/').SkipLast(1).Any(VendoredFolders.IsAlways))
            {
                vendored++; // git names one path of a version, and it may stand at others
            }
            else if (blob.Bytes > _limits.BlobBytes)
            {
                large++;
            }
            else if (chosen.Count >= _limits.Blobs || total + blob.Bytes > _limits.TotalBytes)
            {
                beyond++;
            }
            else
            {
                total += blob.Bytes;
                chosen.Add(blob);
            }
        }

        doubts.AddRange(vendored > 0 ? [$"{vendored} 个文件版本在按名称是第三方或工具的目录里，没有看"] : []);
        doubts.AddRange(large > 0 ? [$"{large} 个文件版本超过 {_limits.BlobBytes} 字节，没有看"] : []);
        doubts.AddRange(beyond > 0 ? [$"{beyond} 个文件版本超出上限（{_limits.Blobs} 个、{_limits.TotalBytes} 字节），没有看"] : []);
        return chosen;
    }

    private IEnumerable<List<GitBlob>> Batches(List<GitBlob> chosen)
    {
        var (batch, bytes) = (new List<GitBlob>(), 0L);
        foreach (var one in chosen)
        {
            if (batch.Count > 0 && bytes + one.Bytes > _limits.BatchBytes)
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }

            batch.Add(one);
            bytes += one.Bytes;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}

/// <summary>How much of a history is read.</summary>
internal sealed record HistoryLimits
{
    public int Blobs { get; init; } = 500_000;

    public int BlobBytes { get; init; } = 1024 * 1024;

    public long TotalBytes { get; init; } = 2L * 1024 * 1024 * 1024;

    public int BatchBytes { get; init; } = 32 * 1024 * 1024;

    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(15);
}
