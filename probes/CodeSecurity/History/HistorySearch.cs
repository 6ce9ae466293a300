using System.Text;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Looks through versions of files. Keeps values in memory alone, to tell those that are still in the tree.</summary>
/// <param name="rules">What to look for.</param>
/// <param name="inTree">Values that stand in the tree as it is.</param>
internal sealed partial class HistorySearch(SecretRules rules, IReadOnlySet<string> inTree)
{
    private const string Nowhere = "（不属于任何提交的对象）";
    private const int MostListed = 2_000;
    private const int ShortId = 10;

    private readonly SecretExaminer _examiner = new(rules);
    private readonly Dictionary<(string Rule, string Value), Sighting> _seen = [];
    private readonly Lock _lock = new();
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);
    private int _versions;
    private int _undecodable;
    private int _minified;
    private int _archives;
    private int _keyFiles;
    private int _failed;
    private int _cut;
    private int _unlisted;
    private int _missing;

    public int Versions => _versions;

    /// <summary>What was not looked through, for people.</summary>
    public IEnumerable<string> Doubts => new[]
    {
        (_undecodable, "个文件版本无法解码，没有看"), (_minified, "个压缩过的前端文件版本没有看"), (_archives, "个压缩包的版本没有看"), (_keyFiles, "个文件版本按名称是或可能是密钥库、密钥文件，由人确认"), (_failed, "个文件版本没有看成"), (_cut, "个文件版本命中过多，没有看完"), (_unlisted, "处发现没有列出"), (_missing, "个文件版本 git 没有给出"),
    }.Where(d => d.Item1 > 0).Select(d => $"{d.Item1} {d.Item2}");

    /// <summary>The place of a finding is one of a history and not of a file of the tree.</summary>
    public static bool IsPlace(string file) => file == Nowhere || CommitAtEnd().IsMatch(file);

    /// <summary>A version that is listed and was not to be had.</summary>
    public void Miss() => Interlocked.Increment(ref _missing);

    /// <summary>May be called side by side.</summary>
    /// <param name="blob">The version.</param>
    /// <param name="bytes">Its content.</param>
    public void Look(GitBlob blob, byte[] bytes)
    {
        var path = blob.Path ?? Nowhere;
        if (SecretFileNames.IsKeyFile(path) || SecretFileNames.MayBeKeyFile(path))
        {
            Interlocked.Increment(ref _keyFiles);
        }

        var reading = SourceReader.Read(new SourceEntry(path, bytes.Length), bytes);
        if (reading is not SourceReading.Taken { File: var file })
        {
            Leave(((SourceReading.NotTaken)reading).Entry);
            return;
        }

        Interlocked.Increment(ref _versions);
        try
        {
            Search(blob, file);
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
        {
            Interlocked.Increment(ref _failed);
        }
    }

    /// <summary>By path, the earlier first.</summary>
    public IReadOnlyList<CodeDefect> Found()
    {
        List<(CodeDefect Defect, bool IsInTree)> found =
            [.. _seen.Values.OrderBy(s => s.Defect.File, StringComparer.Ordinal).ThenBy(s => s.Order).ThenBy(s => s.Defect.Line).ThenBy(s => s.Defect.RuleId, StringComparer.Ordinal).Select(s => (Told(s), s.IsInTree))];
        _gone.UnionWith(found.Where(f => !f.IsInTree).Select(f => f.Defect.Fingerprint));
        return [.. found.Select(f => f.Defect)];
    }

    /// <summary>Of what was found: the value stands nowhere in the tree as it is.</summary>
    public bool IsGone(CodeDefect found) => _gone.Contains(found.Fingerprint);

    private void Search(GitBlob blob, SourceFile file)
    {
        var search = new SecretSearch(rules, file.Path, file.Text, SecretExaminer.IsCode(file.Language));
        List<SecretHit> hits = [.. search.Run().Where(h => h.Confidence is not null)];
        if (search.IsCut)
        {
            Interlocked.Increment(ref _cut);
        }

        if (hits.Count == 0)
        {
            return;
        }

        // The examiner tells the same hits in the same order; what comes after them is not of a hit.
        var defects = _examiner.Examine(Tokenizer.Tokenize(file)).Defects;
        foreach (var (hit, defect) in hits.Zip(defects))
        {
            Add(hit.Value, new Sighting(defect, blob, 1, inTree.Contains(hit.Value)));
        }
    }

    private void Add(string value, Sighting sighting)
    {
        lock (_lock)
        {
            var key = (sighting.Defect.RuleId, value);
            if (_seen.TryGetValue(key, out var earlier))
            {
                var best = IsBetter(sighting, earlier) ? sighting : earlier;
                _seen[key] = best with { Count = earlier.Count + 1 };
            }
            else if (_seen.Count < MostListed)
            {
                _seen.Add(key, sighting);
            }
            else
            {
                _unlisted++;
            }
        }
    }

    /// <summary>A sure one says more than a doubtful one; of equals the earlier.</summary>
    private static bool IsBetter(Sighting one, Sighting other) =>
        (one.Defect.Confidence, -one.Order, -one.Defect.Line).CompareTo((other.Defect.Confidence, -other.Order, -other.Defect.Line)) > 0;

    private static CodeDefect Told(Sighting sighting)
    {
        var defect = sighting.Defect;
        var commit = sighting.Commit is { } id ? id[..Math.Min(ShortId, id.Length)] : null;
        var where = commit is null ? "不在任何提交里的对象中" : $"提交 {commit} 起";
        return defect with
        {
            // Another line of the file as it is may have the same number and another secret: the two are never one defect.
            File = commit is null ? defect.File : $"{defect.File}@{commit}",
            Message = $"版本历史（{where}，{sighting.Count} 个文件版本）：{defect.Message}{(sighting.IsInTree ? "现在的目录里仍有同一个值。" : "现在的目录里已没有，但取得版本库的人仍能看到。")}",
            Remedy = $"{defect.Remedy}已进入版本历史的一律视为已泄露：先更换，再从历史中清除。",
            Severity = defect.Severity == Severity.Critical ? Severity.Major : defect.Severity,
            // Two passwords that followed each other in one line may look alike when they are blackened: the version tells them apart. It stays
            // what it is where commits are written anew, and where what was only staged is committed.
            Fingerprint = Convert.ToHexStringLower(Sm3.HashData(Encoding.UTF8.GetBytes($"git\n{sighting.Blob.Id}\n{defect.Fingerprint}"))),
        };
    }

    /// <summary>Binaries are left out as in the tree, but for those that should be text.</summary>
    private void Leave(LeftOutEntry entry)
    {
        switch (entry.Reason)
        {
            case LeftOutReason.Binary when !SecretFileNames.ShouldBeText(entry.Path):
                break;
            case LeftOutReason.Minified:
                Interlocked.Increment(ref _minified);
                break;
            case LeftOutReason.Archive:
                Interlocked.Increment(ref _archives);
                break;
            default:
                Interlocked.Increment(ref _undecodable);
                break;
        }
    }

    private sealed record Sighting(CodeDefect Defect, GitBlob Blob, int Count, bool IsInTree)
    {
        public string? Commit => Blob.Commit;

        public int Order => Blob.Order;
    }

    [GeneratedRegex("@[0-9a-f]{10}$", RegexOptions.NonBacktracking)]
    private static partial Regex CommitAtEnd();
}
