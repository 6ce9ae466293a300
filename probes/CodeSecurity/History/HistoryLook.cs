using Microsoft.Extensions.Logging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What the objects of a repository hold, before anybody says what counts.</summary>
/// <param name="Commits">How many there are.</param>
/// <param name="Versions">Of files that were looked through.</param>
/// <param name="Found">By path, the earlier first.</param>
/// <param name="Gone">Fingerprints of those whose value stands nowhere in the tree as it is.</param>
/// <param name="Doubts">What was not looked through, for people.</param>
internal sealed record HistoryFindings(int Commits, int Versions, IReadOnlyList<CodeDefect> Found, IReadOnlySet<string> Gone, IReadOnlyList<string> Doubts)
{
    /// <summary>Nothing was looked at; null where something was.</summary>
    public string? WhyNot { get; private init; }

    /// <summary>Earlier versions are elsewhere: of a value that was found another version may be the one that is known.</summary>
    public bool IsShallow { get; init; }

    public static HistoryFindings NotAsked { get; } = new(0, 0, [], new HashSet<string>(StringComparer.Ordinal), []);

    public static HistoryFindings None(string why) => new(0, 0, [], new HashSet<string>(StringComparer.Ordinal), [why]) { WhyNot = why };
}

/// <summary>One look through a repository; the probes of a run that ask for it share it.</summary>
internal sealed class HistoryLook(SourceTree target, ProbeContext context, HistoryLimits limits)
{
    /// <exception cref="UnableException">The tree is not there, or git ran out of time before it had listed anything.</exception>
    public static Task<HistoryFindings> OfAsync(SourceTree target, ProbeContext context, HistoryLimits limits, CancellationToken cancellation) =>
        context.Shared.GetAsync($"code.history {target.TargetId}", token => new HistoryLook(target, context, limits).LookAsync(token), cancellation);

    private async Task<HistoryFindings> LookAsync(CancellationToken stop)
    {
        using var store = GitStore.Open(target.Path, context.Tools, out var whyNot);
        if (store is null)
        {
            return HistoryFindings.None($"{whyNot}，未检测");
        }

        try
        {
            return await LookAsync(store, stop);
        }
        catch (UnableException trouble) when (trouble.Kind == FailureKind.ToolMissing)
        {
            return HistoryFindings.None("本机没有 git，版本历史未检测");
        }
    }

    private async Task<HistoryFindings> LookAsync(GitStore store, CancellationToken stop)
    {
        var rules = new SecretRules(context.Tables.Secrets);
        var swept = await SourceSweep.OfAsync(target, context, stop);
        var began = context.Clock.GetTimestamp();
        var listing = await GitListing.OfAsync(store, limits.Time, context.Clock, stop);
        context.Log.LogInformation("版本历史 {Root}：{Commits} 个提交、{Blobs} 个文件版本", target.Path, listing.Commits, listing.Blobs.Count);
        var doubts = new List<string>(listing.Doubts);
        var chosen = Choose(listing, doubts);
        var search = new HistorySearch(rules, TreeSecrets.Values(target.Path, swept, rules));
        var done = 0;
        foreach (var batch in Batches(chosen))
        {
            var left = limits.Time - context.Clock.GetElapsedTime(began);
            if (left <= TimeSpan.Zero || !await LookAsync(batch, store, search, left, stop))
            {
                doubts.Add($"时间到，{chosen.Count - done} 个文件版本没有看");
                break;
            }

            done += batch.Count;
            context.Log.LogInformation("版本历史 {Root}：看了 {Done} / {All} 个文件版本", target.Path, done, chosen.Count);
        }

        doubts.AddRange(store.IsShallow ? ["是浅克隆，更早的提交不在里面"] : []);
        if (listing.Commits == 0)
        {
            doubts.Add("版本库里没有提交");
        }

        var found = search.Found();
        return new HistoryFindings(listing.Commits, search.Versions, found, found.Where(search.IsGone).Select(d => d.Fingerprint).ToHashSet(StringComparer.Ordinal), [.. doubts, .. search.Doubts]) { IsShallow = store.IsShallow };
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
            else if (blob.Bytes > limits.BlobBytes)
            {
                large++;
            }
            else if (chosen.Count >= limits.Blobs || total + blob.Bytes > limits.TotalBytes)
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
        doubts.AddRange(large > 0 ? [$"{large} 个文件版本超过 {limits.BlobBytes} 字节，没有看"] : []);
        doubts.AddRange(beyond > 0 ? [$"{beyond} 个文件版本超出上限（{limits.Blobs} 个、{limits.TotalBytes} 字节），没有看"] : []);
        return chosen;
    }

    private IEnumerable<List<GitBlob>> Batches(List<GitBlob> chosen)
    {
        var (batch, bytes) = (new List<GitBlob>(), 0L);
        foreach (var one in chosen)
        {
            if (batch.Count > 0 && bytes + one.Bytes > limits.BatchBytes)
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
