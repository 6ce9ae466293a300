using System.Text;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Looks through versions of files. Keeps values in memory alone, to tell those that are still in the tree.</summary>
/// <param name="rules">What to look for.</param>
/// <param name="inTree">Values that stand in the tree as it is.</param>
internal sealed class HistorySearch(SecretRules rules, IReadOnlySet<string> inTree)
{
    private const int MostListed = 2_000;
    private const int CharactersPerLost = 10;
    private const int ShortId = 10;

    private readonly SecretExaminer _examiner = new(rules);
    private readonly Dictionary<(string Rule, string Value), Sighting> _seen = [];
    private readonly Lock _lock = new();
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);
    private int _versions;
    private int _undecodable;
    private int _minified;
    private int _failed;
    private int _cut;
    private int _unlisted;
    private int _missing;

    public int Versions => _versions;

    /// <summary>What was not looked through, for people.</summary>
    public IEnumerable<string> Doubts => new[]
    {
        (_undecodable, "个文件版本无法解码，没有看"), (_minified, "个压缩过的前端文件版本没有看"), (_failed, "个文件版本没有看成"), (_cut, "个文件版本命中过多，没有看完"), (_unlisted, "处发现没有列出"), (_missing, "个文件版本 git 没有给出"),
    }.Where(d => d.Item1 > 0).Select(d => $"{d.Item1} {d.Item2}");

    /// <summary>A version that is listed and was not to be had.</summary>
    public void Miss() => Interlocked.Increment(ref _missing);

    /// <summary>May be called side by side.</summary>
    /// <param name="blob">The version.</param>
    /// <param name="bytes">Its content.</param>
    public void Look(GitBlob blob, ReadOnlySpan<byte> bytes)
    {
        var path = blob.Path ?? "（不属于任何提交的对象）";
        if (Charsets.Decode(bytes) is not { } decoded)
        {
            Count(ref _undecodable, LanguageNames.Of(path, "") != SourceLanguage.Other || OtherLanguages.Has(path));
            return;
        }

        if (decoded.IsDamaged && decoded.Text.AsSpan().Count('\uFFFD') * CharactersPerLost > decoded.Text.Length)
        {
            Interlocked.Increment(ref _undecodable);
            return;
        }

        if (MachineWritten.Why(path, decoded.Text) is not null)
        {
            Interlocked.Increment(ref _minified);
            return;
        }

        Interlocked.Increment(ref _versions);
        try
        {
            Search(blob, new SourceFile(path, LanguageNames.Of(path, decoded.Text), decoded.Text, decoded.Charset, LineEnds.CountLines(decoded.Text)));
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
            Add(hit.Value, new Sighting(defect, blob.Commit, blob.Order, 1, inTree.Contains(hit.Value)));
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
            Fingerprint = Convert.ToHexStringLower(Sm3.HashData(Encoding.UTF8.GetBytes($"git\n{defect.Fingerprint}"))),
        };
    }

    private static void Count(ref int counter, bool isMeant)
    {
        if (isMeant)
        {
            Interlocked.Increment(ref counter);
        }
    }

    private sealed record Sighting(CodeDefect Defect, string? Commit, int Order, int Count, bool IsInTree);
}
