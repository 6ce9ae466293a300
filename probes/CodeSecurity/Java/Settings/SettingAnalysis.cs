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

        var files = SettingFiles.Read(sources.Settings.Concat(sources.Markup), limits ?? SettingLimits.Default, stop);
        var found = files.Groups.SelectMany(g => _settings.Judge(g, stop)).ToList();
        found.AddRange(OfCode(sources, program, texts, stop));
        return new SettingResult(new SettingDefects(texts).Of(found), files.Unread);
    }

    private IEnumerable<FoundSetting> OfCode(JavaSources sources, JavaProgram program, FlowTexts texts, CancellationToken stop)
    {
        foreach (var file in program.Types.All.GroupBy(t => t.Path, StringComparer.Ordinal).OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            stop.ThrowIfCancellationRequested();
            if (sources.Java.GetValueOrDefault(file.Key) is not { } text)
            {
                continue;
            }

            var links = new Lazy<IReadOnlyList<CallLink>>(() => FileCalls.Of(program, [.. file]));
            foreach (var found in _code.Judge(file.Key, text, () => links.Value, at => texts.LineOf(new CodePlace(file.Key, at))))
            {
                yield return found;
            }
        }
    }
}

/// <summary>What came of it.</summary>
/// <param name="Defects">By file, line and rule.</param>
/// <param name="Unread">Files of settings that were not understood.</param>
internal sealed record SettingResult(IReadOnlyList<CodeDefect> Defects, IReadOnlyList<UnreadSource> Unread);
