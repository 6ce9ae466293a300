using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>What a report of code inspection says of one source tree: scope, engines, statistics, each defect, and what was not looked at.</summary>
public sealed record CodeInspection
{
    public required string TargetId { get; init; }

    /// <summary>A copy was built, which ran what its project files say.</summary>
    public required bool IsBuilt { get; init; }

    /// <summary>Facts of scope for people, with their labels.</summary>
    public required IReadOnlyList<(string Label, string Value)> Scope { get; init; }

    public required IReadOnlyList<InspectedLanguage> Languages { get; init; }

    /// <summary>Engines and rule bases with versions.</summary>
    public required IReadOnlyList<InspectingEngine> Engines { get; init; }

    /// <summary>Of all engines, ours and imported, merged; suppressed ones left out.</summary>
    public required IReadOnlyList<SeenDefect> Defects { get; init; }

    public required IReadOnlyList<SeenDefect> Suppressed { get; init; }

    /// <summary>Suppressions without effect; <see cref="WhyIdle"/> says why.</summary>
    public required IReadOnlyList<SeenSuppression> WithoutEffect { get; init; }

    /// <summary>Of all of these, listed or not.</summary>
    public required int WithoutEffectCount { get; init; }

    /// <summary>Suppressions that mean no defect there is.</summary>
    public required IReadOnlyList<SeenSuppression> WithoutDefect { get; init; }

    /// <summary>What people read for the standing of a suppression.</summary>
    public required IReadOnlyDictionary<string, string> StandingWords { get; init; }

    /// <summary>By heading, in the order of the rules; headings without a defect are left out.</summary>
    public required IReadOnlyList<DefectCount> Counts { get; init; }

    /// <summary>When the baseline was written; null where there is none.</summary>
    public string? BaselineOf { get; init; }

    /// <summary>In the baseline and gone; null where nobody knows, or they are too many to list.</summary>
    public IReadOnlyList<VanishedDefect>? Vanished { get; init; }

    /// <summary>Null where nobody knows.</summary>
    public int? VanishedCount { get; init; }

    /// <summary>How far engines looked for defects.</summary>
    public required LookedAt Reach { get; init; }

    /// <summary>Engines that were to look for defects and could not, with why, for people.</summary>
    public IReadOnlyList<string> Failures { get; init; } = [];

    /// <summary>Why else there may be defects that no list has, for people.</summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];

    /// <summary>What was not looked at, or not wholly, for people; what leaves defects open first.</summary>
    public required IReadOnlyList<string> NotChecked { get; init; }

    /// <summary>One for each source tree at which a probe looked or tried to.</summary>
    public static IReadOnlyList<CodeInspection> Of(EvidencePack pack) =>
        [.. pack.Candidate.SourceTrees.Where(t => pack.Outcomes.Any(o => o.TargetId == t.TargetId)).Select(t => InspectedTree.Describe(pack, t))];

    /// <summary>Of what probes of one tree saw, without a pack: the defects, and nothing of scope and engines.</summary>
    /// <param name="targetId">Of the tree.</param>
    /// <param name="records">Of any trees; what was not asked is no gap.</param>
    public static CodeInspection Bare(string targetId, IReadOnlyList<ProbeRecord> records) => InspectedTree.Bare(targetId, [.. records.Where(r => r.TargetId == targetId)]);

    /// <summary>Those that a baseline does not know; zero where there is none.</summary>
    public int Added => Defects.Count(d => d.Baseline == "new");

    /// <summary>Those that are doubted for one reason alone, which people are to look into.</summary>
    public int ForPeople => Defects.Count(d => d.IsForPeople);

    /// <summary>Kinds of defects as they are called, those to be mended first at the head: surest, gravest, reached from most places.</summary>
    public IReadOnlyList<DefectKind> Kinds =>
    [
        .. Defects.GroupBy(d => d.Title, StringComparer.Ordinal).Select(g => DefectKind.Of([.. g]))
            .OrderBy(k => k.First.Key, DefectKey.ByWeight).ThenByDescending(k => k.Count + k.Entries).ThenBy(k => k.First.RuleId, StringComparer.Ordinal),
    ];

    public string WhyIdle(SeenSuppression written) => StandingWords.GetValueOrDefault(written.Standing) ?? $"不起作用（{written.Standing}）";
}

/// <param name="Name">For people.</param>
/// <param name="Files">Read.</param>
/// <param name="Lines">Of them.</param>
public sealed record InspectedLanguage(string Name, int Files, long Lines);

/// <param name="Name">For people.</param>
/// <param name="Version">Null where it is not known.</param>
/// <param name="What">How many rules, and how it ended.</param>
public sealed record InspectingEngine(string Name, string? Version, string What);

/// <param name="Heading">Of the rules.</param>
/// <param name="Numbers">In the order of <see cref="DefectLevels.All"/>.</param>
public sealed record DefectCount(string Heading, IReadOnlyList<int> Numbers);

/// <summary>All defects of one kind, whichever rules found them: what is mended by the same cure.</summary>
/// <param name="First">The one to look at first.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Entries">Places that lead to them, as far as an engine follows values; 0 where none does.</param>
public sealed record DefectKind(SeenDefect First, int Count, int Entries)
{
    internal static DefectKind Of(IReadOnlyList<SeenDefect> same) => new(
        same.OrderBy(d => d.Key, DefectKey.ByWeight).ThenByDescending(d => d.OtherEntries?.Count ?? 0).ThenBy(d => d.Key).First(),
        same.Count,
        same.Where(d => d.Flow.Count > 0).Sum(d => 1 + (d.OtherEntries?.Count ?? 0)));
}

/// <param name="RuleId">Of the engine.</param>
/// <param name="File">Relative to the tree.</param>
/// <param name="Fingerprint">Of the defect.</param>
public sealed record VanishedDefect(string RuleId, string File, string Fingerprint);
