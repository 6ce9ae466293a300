using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A value that a pattern points at.</summary>
/// <param name="Pattern">Index of the pattern.</param>
/// <param name="Start">Of the value in the text.</param>
/// <param name="Length">Of the value.</param>
/// <param name="Value">What is secret, a default taken out of its reference.</param>
/// <param name="Confidence">Null where it is no secret but is blackened all the same.</param>
internal sealed record SecretHit(int Pattern, int Start, int Length, string Value, SecretConfidence? Confidence)
{
    public int End => Start + Length;
}

/// <summary>One look through one text.</summary>
internal sealed class SecretSearch(SecretRules rules, string path, string text, bool isCode)
{
    private const int LongLine = 2000;
    private const int Before = 300;
    private const int After = 1000;
    private const int MostBlanks = 40;
    private const int MostHits = 500;

    /// <summary>Doubtful ones of a group that are told; the rest is only blackened, so that they do not end the search before what is sure.</summary>
    private const int MostLow = 500;

    /// <summary>Runs of expressions over windows, and matches that were weighed; a file of a person has a few hundred.</summary>
    private const int MostRuns = 20_000;

    /// <summary>Characters of all windows together.</summary>
    private const int MostRead = 16 * 1024 * 1024;

    private readonly int[] _coveredTo = new int[rules.Patterns.Count];
    private readonly List<SecretHit> _hits = [];
    private readonly HashSet<(int, int)> _seen = [];
    private readonly bool?[] _fits = new bool?[rules.Patterns.Count];
    private readonly int[] _low = new int[Enum.GetValues<SecretGroup>().Length];
    private int _sure;
    private int _runs;
    private int _read;

    /// <summary>True where the file was not looked through to its end.</summary>
    public bool IsCut => _sure >= MostHits || _runs >= MostRuns || _read >= MostRead;

    /// <summary>In order of the text, the surest of those that overlap.</summary>
    public IReadOnlyList<SecretHit> Run()
    {
        var here = new List<int>();
        for (var at = 0; at < text.Length && !IsCut; at++)
        {
            var step = text.AsSpan(at).IndexOfAny(rules.Keywords);
            if (step < 0)
            {
                break;
            }

            at += step;
            rules.At(text.AsSpan(at), here);
            foreach (var pattern in here)
            {
                TryAt(pattern, at);
            }
        }

        return Surest();
    }

    private void TryAt(int index, int at)
    {
        var pattern = rules.Patterns[index];
        if (at < _coveredTo[index] || IsCut || !Fits(index, pattern))
        {
            return;
        }

        var near = Math.Max(0, at - LongLine - 1);
        var lineStart = near + text.AsSpan(near, at - near).LastIndexOf('\n') + 1;
        var lineEnd = text.AsSpan(at, Math.Min(LongLine + 1, text.Length - at)).IndexOf('\n') is var end && end >= 0 ? at + end : Math.Min(text.Length, at + LongLine + 1);
        var from = at - lineStart > LongLine ? at - Before : lineStart;
        var to = Math.Min(text.Length, lineEnd - at > LongLine ? at + After : lineEnd + pattern.Beyond);
        _coveredTo[index] = lineEnd - at > LongLine ? at + (After / 2) : lineEnd;
        var window = text[from..to];
        _runs++;
        _read += window.Length;
        var expression = rules.ExpressionOf(index);
        for (var match = expression.Match(window); match.Success && !IsCut; match = expression.Match(window, match.Index + Math.Max(1, match.Length)))
        {
            _runs++;
            Weigh(index, from, match.Groups["value"]);
        }
    }

    private bool IsQuoted(int at) => at > 0 && text[at - 1] is '"' or '\'' or '`';

    /// <summary>Without quotes.</summary>
    private bool IsBehindColon(int at) => text.AsSpan(Math.Max(0, at - MostBlanks), Math.Min(at, MostBlanks)).TrimEnd(" \t") is [.., ':'];

    private bool Fits(int index, SecretPattern pattern)
    {
        var fits = _fits[index] ?? IsFor(pattern);
        _fits[index] = fits;
        return fits;
    }

    private bool IsFor(SecretPattern pattern) =>
        (pattern.Places == SecretPlaces.All || (pattern.Places == SecretPlaces.Code) == isCode) && (pattern.FileHas is not { } also || text.Contains(also, StringComparison.Ordinal));

    private void Weigh(int index, int from, Group found)
    {
        var pattern = rules.Patterns[index];
        if (found.Length == 0 || !_seen.Add((index, from + found.Index)) || SecretValue.Unwrap(found.Value) is not { Value.Length: > 0 } unwrapped)
        {
            return;
        }

        var value = unwrapped.Value;
        var isThoughtOf = pattern.Group is SecretGroup.Password or SecretGroup.Unlocking or SecretGroup.CipherKey;
        if (SecretValue.IsOther(value) || (SecretFileNames.ListsPackages(path) && SecretValue.IsVersion(value)) || SecretValue.IsPlaceholder(value, rules.Placeholders, isThoughtOf) || SecretValue.IsName(value, pattern.Keywords) || (IsBehindColon(from + found.Index) && SecretValue.IsType(value)))
        {
            return;
        }

        var isDoubtful = unwrapped.IsDefault || SecretValue.IsDoubtful(value, IsQuoted(from + found.Index), rules.Placeholders) || SecretValue.MayBeName(value, pattern.Keywords);
        var isSecret = SecretValue.IsStrongEnough(value, pattern);
        var confidence = isDoubtful ? SecretConfidence.Low : IsTest ? InTest(pattern) : pattern.Confidence;
        var isLow = confidence == SecretConfidence.Low;
        _sure += isLow ? 0 : 1;
        _hits.Add(new SecretHit(index, from + found.Index, found.Length, value, isSecret && (!isLow || _low[(int)pattern.Group]++ < MostLow) ? confidence : null));
    }

    /// <summary>Accounts of providers are real wherever they stand; passwords and keys of tests are mostly made for them.</summary>
    private static SecretConfidence InTest(SecretPattern pattern) =>
        pattern is { Group: SecretGroup.Cloud or SecretGroup.Platform, Confidence: SecretConfidence.High } ? SecretConfidence.Medium : SecretConfidence.Low;

    private bool IsTest => _isTest ??= rules.TestPaths.Any(p => ("/" + path).Contains(p, StringComparison.OrdinalIgnoreCase));

    private bool? _isTest;

    private List<SecretHit> Surest()
    {
        var kept = new List<SecretHit>();
        foreach (var hit in _hits.OrderBy(h => h.Start).ThenByDescending(h => h.Length).ThenBy(h => h.Pattern))
        {
            if (kept.Count == 0 || hit.Start >= kept[^1].End)
            {
                kept.Add(hit);
            }
            else if ((hit.Confidence ?? (SecretConfidence)(-1)) > (kept[^1].Confidence ?? (SecretConfidence)(-1)))
            {
                kept[^1] = hit.Length >= kept[^1].Length ? hit : hit with { Start = kept[^1].Start, Length = kept[^1].Length };
            }
        }

        return kept;
    }
}
