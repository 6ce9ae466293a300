using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What the pattern rules could see of a swept tree.</summary>
internal sealed class PatternCoverage
{
    /// <summary>Languages in which programs are written, as far as this tool tells them apart.</summary>
    private static readonly HashSet<SourceLanguage> Programs =
    [
        SourceLanguage.Java, SourceLanguage.Kotlin, SourceLanguage.CSharp, SourceLanguage.JavaScript, SourceLanguage.TypeScript, SourceLanguage.Vue,
        SourceLanguage.Python, SourceLanguage.Go, SourceLanguage.C, SourceLanguage.Cpp, SourceLanguage.Php, SourceLanguage.Jsp, SourceLanguage.Script,
    ];

    private readonly IReadOnlyList<CodePatternTable> _tables;
    private readonly SweptTree _tree;
    private readonly string _examiner;

    /// <summary>Endings of programs that nobody's rules take for one, and whose original is not there.</summary>
    private readonly IReadOnlyList<string> _renamed;

    private PatternCoverage(SweptTree tree, IReadOnlyList<CodePatternTable> tables, DefectStates states)
    {
        (_tree, _tables, _examiner) = (tree, tables, PatternExaminer.IdOf(tables));
        _renamed = [.. SetAsideFiles.In(tree.Files).Where(a => !a.IsBesideOriginal).Select(a => $"*{a.Ending}").Distinct(StringComparer.Ordinal)];
        Defects = states.Of(tree.Of(_examiner).SelectMany(f => f.Findings.Defects));
        Present = [.. tree.Files.Select(f => f.Language).Where(Programs.Contains).Distinct().Order()];
        IsWhole = tree.IsWholeFor(_examiner) && tree.Files.Count > 0 && !LeftOutReasons.Unseen.Any(tree.LeftOutCounts.ContainsKey);
    }

    /// <summary>By the name of a file alone: it holds a program, whether or not any rule speaks of its language.</summary>
    public static bool IsProgram(string path) => Programs.Contains(LanguageNames.Of(path, string.Empty)) || OtherLanguages.Has(path);

    /// <summary>Languages of programs that the tree has.</summary>
    public IReadOnlyList<SourceLanguage> Present { get; }

    /// <summary>Every file was read that is not left out on purpose.</summary>
    public bool IsWhole { get; }

    /// <summary>Suppressed ones among them.</summary>
    public IReadOnlyList<CodeDefect> Defects { get; }

    public IEnumerable<CryptoUse> Uses => _tree.Of(_examiner).SelectMany(f => f.Findings.CryptoUses);

    public int Files => _tree.Files.Count(f => Programs.Contains(f.Language));

    public long Lines => _tree.Files.Where(f => Programs.Contains(f.Language)).Sum(f => (long)f.Lines);

    /// <summary>Left out, by reason, for people.</summary>
    public IReadOnlyList<string> LeftOut => [.. _tree.LeftOutCounts.Select(c => $"{EnumWords.Say(c.Key)} {c.Value}")];

    /// <exception cref="UnableException">No rules came along, or there is no such tree.</exception>
    public static async Task<PatternCoverage> OfAsync(SourceTree target, ProbeContext context, CancellationToken stop)
    {
        if (context.Tables.Patterns.Count == 0)
        {
            throw new UnableException(FailureKind.BadInput, "规则目录里没有代码模式规则（code-security/patterns），没有什么可找");
        }

        var swept = await SourceSweep.OfAsync(target, context, stop);
        return new PatternCoverage(swept, context.Tables.Patterns, await DefectStates.OfAsync(target, swept, context, stop));
    }

    /// <summary>Languages of the tree that no rule of a check speaks of, for people.</summary>
    public IReadOnlyList<string> NotCovered(string check)
    {
        var covered = _tables.SelectMany(t => t.Rules).Where(r => r.Check == check).SelectMany(r => r.Languages).Select(PatternIndex.LanguageOf).ToHashSet();
        var others = _tree.Files.Where(f => !Programs.Contains(f.Language) && OtherLanguages.Has(f.Path)).Select(f => f.Path).Select(p => $"*{Path.GetExtension(p).ToLowerInvariant()}").Concat(_renamed).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return [.. Present.Where(l => !covered.Contains(l)).Select(l => EnumWords.Say(l)), .. others];
    }
}
