using System.Diagnostics;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// Judges files of settings and the configuration code of a tree. It speaks only against what stands in the repository: where it is started from elsewhere other values
/// may hold, so that every finding says so and nothing found proves nothing.
/// </summary>
/// <param name="rules">What is looked for.</param>
internal sealed class SettingAnalysis(IReadOnlyList<SettingRule> rules)
{
    private readonly SettingJudge _settings = new(rules);
    private readonly CallJudge _code = new(rules);

    /// <param name="sources">Texts of the tree.</param>
    /// <param name="program">Its Java.</param>
    /// <param name="texts">Lines of it.</param>
    /// <param name="stop">Ends it.</param>
    /// <param name="limits">Those of the product where null.</param>
    public SettingResult Run(JavaSources sources, JavaProgram program, FlowTexts texts, CancellationToken stop, SettingLimits? limits = null)
    {
        if (rules.Count == 0)
        {
            return new SettingResult([], []);
        }

        var (bounds, clock) = (limits ?? SettingLimits.Default, Stopwatch.StartNew());
        bool IsLate() => clock.Elapsed > bounds.Time;
        var files = SettingFiles.Read(sources.Settings.Concat(sources.Markup), bounds, IsLate, stop);
        var judged = files.Groups.Select(g => _settings.Judge(g, IsLate, stop)).ToList();
        var unread = files.Unread.Concat(judged.SelectMany(j => j.Unread)).ToList();
        var found = judged.SelectMany(j => j.Found).ToList();
        var calls = new TreeCalls(sources, program);
        foreach (var (path, text) in calls.Files)
        {
            stop.ThrowIfCancellationRequested();
            var ofCode = _code.Judge(path, text, calls, at => texts.LineOf(new CodePlace(path, at)));
            found.AddRange(ofCode.Found);
            unread.AddRange(ofCode.Unread);
        }

        var doubts = found.SelectMany(f => f.Rule.DoubtedBy).Distinct(StringComparer.Ordinal).Where(d => sources.Java.Any(j => !TestCode.IsTest(j.Key) && j.Value.Contains(d, StringComparison.Ordinal))).ToHashSet(StringComparer.Ordinal);
        return new SettingResult(new SettingDefects(texts).Of(found.Select(f => f with { IsDoubted = f.Rule.DoubtedBy.Any(doubts.Contains) })), unread);
    }
}

/// <summary>What came of it.</summary>
/// <param name="Defects">By file, line and rule.</param>
/// <param name="Unread">Files of settings that were not understood, and what was beyond a cap.</param>
internal sealed record SettingResult(IReadOnlyList<CodeDefect> Defects, IReadOnlyList<UnreadSource> Unread);
